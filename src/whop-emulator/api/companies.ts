import { Router } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { addCompany, isDeliverable } from '../domain/companies.ts';
import { newId, newSecret } from '../ids.ts';
import type { Company } from '../records.ts';
import type { Store } from '../store.ts';
import { callerOf, companyFor, pathId, permit, reaches } from './authentication.ts';
import { badRequest, invalidParameter, missingParameter, notFound } from './errors.ts';
import { page, pageQuery } from './lists.ts';
import { metadata, parseBody, parseQuery } from './parse.ts';

const creation = z.object({
  title: z.string().trim().min(1).max(100),
  email: z.email().nullish(),
  parent_company_id: z.string().nullish(),
  country: z.string().length(2).nullish(),
  description: z.string().nullish(),
  metadata: metadata.nullish(),
  send_customer_emails: z.boolean().nullish(),
});

const change = z.object({
  title: z.string().trim().min(1).max(100).nullish(),
  description: z.string().nullish(),
  route: z.string().nullish(),
  send_customer_emails: z.boolean().nullish(),
});

export function buildCompany(store: Store, company: Company): Whop.Company {
  return {
    ...buildCompanyListItem(store, company),
    affiliate_instructions: null,
    featured_affiliate_product: null,
    social_links: [],
  };
}

function buildCompanyListItem(store: Store, company: Company): Whop.CompanyListResponse {
  const owner = store.users.get(company.ownerId)!;
  return {
    id: company.id,
    title: company.title,
    route: company.route,
    owner_user: { id: owner.id, name: owner.name, username: owner.username },
    verified: false,
    member_count: 0,
    published_reviews_count: 0,
    send_customer_emails: company.sendCustomerEmails,
    metadata: company.metadata,
    logo: null,
    description: company.description,
    target_audience: null,
    created_at: company.createdAt,
    updated_at: company.updatedAt,
  };
}

export function companies(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();

  router.post('/companies', permit(emulator, 'company:create'), (req, res) => {
    const body = parseBody(req, creation);
    const parentId = body.parent_company_id ?? null;
    if (parentId) {
      if (!body.email) throw missingParameter('email');
      if (!reaches(emulator, res, parentId)) throw notFound('Company');
      if (store.companies.get(parentId)?.parentId || callerOf(res).companyId !== parentId) {
        throw badRequest('A connected account cannot create connected accounts');
      }
    }
    if (body.email && !isDeliverable(body.email)) {
      throw invalidParameter('email', 'The email you provided does not accept incoming mail');
    }
    const siblings = [...store.companies.values()].filter((company) => company.parentId === parentId);
    if (siblings.some(({ title }) => title.toLowerCase() === body.title.toLowerCase())) {
      throw badRequest('You have already created an account with the same name', { param: 'title' });
    }
    const company = addCompany(store, {
      title: body.title,
      email: body.email ?? null,
      parentId,
      country: body.country?.toLowerCase() ?? null,
      description: body.description ?? null,
      metadata: body.metadata ?? null,
      sendCustomerEmails: body.send_customer_emails ?? true,
    });
    res.status(201).json(buildCompany(store, company));
  });

  router.get('/companies', permit(emulator, 'company:basic:read'), (req, res) => {
    const query = parseQuery(req, z.object({ ...pageQuery, parent_company_id: z.string().optional() }));
    const own = callerOf(res).companyId;
    const visible = [...store.companies.values()].filter(({ id, parentId }) =>
      query.parent_company_id
        ? parentId === query.parent_company_id && reaches(emulator, res, query.parent_company_id)
        : id === own,
    );
    const build = (company: Company): Whop.CompanyListResponse => buildCompanyListItem(store, company);
    res.json(page(visible, query, build, ({ createdAt }) => createdAt));
  });

  router.get('/companies/:id', permit(emulator, 'company:basic:read'), (req, res) => {
    res.json(buildCompany(store, companyFor(emulator, res, pathId(req))));
  });

  router.patch('/companies/:id', permit(emulator, 'company:update'), (req, res) => {
    const company = companyFor(emulator, res, pathId(req));
    const body = parseBody(req, change);
    company.title = body.title ?? company.title;
    company.route = body.route ?? company.route;
    if (body.description !== undefined) company.description = body.description;
    company.sendCustomerEmails = body.send_customer_emails ?? company.sendCustomerEmails;
    company.updatedAt = new Date().toISOString();
    res.json(buildCompany(store, company));
  });

  router.post('/companies/:id/api_keys', permit(emulator, 'company:update'), (req, res) => {
    companyFor(emulator, res, pathId(req));
    const body = parseBody(req, z.object({ child_company_id: z.string(), name: z.string().nullish() }));
    const child = companyFor(emulator, res, body.child_company_id);
    const key = { id: newId('apik'), secret: newSecret('apik'), companyId: child.id, name: body.name ?? null };
    store.apiKeys.set(key.secret, key);
    const answer: Whop.CompanyCreateAPIKeyResponse = { id: key.id, name: key.name, secret_key: key.secret };
    res.status(201).json(answer);
  });

  return router;
}
