import { Router } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { decideIdentity } from '../domain/identity.ts';
import type { Company } from '../records.ts';
import { companyFor, pathId, permit, reaches } from './authentication.ts';
import { notFound } from './errors.ts';
import { buildVerification } from './identity.ts';
import { parseBody, parseQuery } from './parse.ts';

const prefill = z.object({
  kind: z.enum(['individual', 'business']).optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  date_of_birth: z.iso.date().optional(),
  country: z.string().optional(),
  phone: z.string().optional(),
});

export function verifications(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  const ofAccount = z.object({ account_id: z.string() });

  const find = (id: string): Company | undefined =>
    [...store.companies.values()].find((company) => company.identity.id === id);

  const prefilled = (company: Company, details: z.infer<typeof prefill>): void => {
    const { identity } = company;
    identity.kind = details.kind ?? identity.kind;
    identity.firstName = details.first_name ?? identity.firstName;
    identity.lastName = details.last_name ?? identity.lastName;
    identity.dateOfBirth = details.date_of_birth ?? identity.dateOfBirth;
    identity.country = details.country ?? identity.country;
    identity.phone = details.phone ?? identity.phone;
  };

  // Not paged, unlike every other list (contract 0.7).
  router.get('/verifications', permit(emulator, 'identity:read'), (req, res) => {
    const company = companyFor(emulator, res, parseQuery(req, ofAccount).account_id, 'Account');
    const started = company.identity.status !== 'not_started';
    const answer: Whop.VerificationListResponse = {
      data: started ? [buildVerification(company, emulator.origin())] : [],
    };
    res.json(answer);
  });

  router.post('/verifications', permit(emulator, 'identity:write'), (req, res) => {
    const company = companyFor(emulator, res, parseQuery(req, ofAccount).account_id, 'Account');
    const details = parseBody(req, prefill);
    const exists = company.identity.status !== 'not_started';
    if (!exists) decideIdentity(emulator, company, { status: 'pending' });
    prefilled(company, details);
    res.status(exists ? 200 : 201).json(buildVerification(company, emulator.origin()));
  });

  router.get('/verifications/:id', permit(emulator, 'identity:read'), (req, res) => {
    const company = find(pathId(req));
    if (!company || !reaches(emulator, res, company.id)) throw notFound('Verification');
    res.json(buildVerification(company, emulator.origin()));
  });

  router.patch('/verifications/:id', permit(emulator, 'identity:write'), (req, res) => {
    const company = find(pathId(req));
    if (!company || !reaches(emulator, res, company.id)) throw notFound('Verification');
    prefilled(company, parseBody(req, prefill));
    company.identity.updatedAt = new Date().toISOString();
    res.json(buildVerification(company, emulator.origin()));
  });

  return router;
}
