import { Router } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { toUnits } from '../money.ts';
import type { ResolutionCase } from '../records.ts';
import type { Store } from '../store.ts';
import { companyFor, pathId, permit, reaches, recordFor } from './authentication.ts';
import { page, pageQuery } from './lists.ts';
import { parseQuery } from './parse.ts';

export function buildResolutionCase(store: Store, subject: ResolutionCase): Whop.ResolutionCenterCaseRetrieveResponse {
  const payment = store.payments.get(subject.paymentId)!;
  return {
    ...buildResolutionCaseListItem(store, subject),
    member: { id: payment.memberId },
    payment: {
      id: payment.id,
      created_at: payment.createdAt,
      currency: payment.currency,
      paid_at: payment.paidAt,
      subtotal: toUnits(payment.totalCents),
      total: toUnits(payment.totalCents),
    },
    platform_response_actions: [],
    resolution_events: subject.events,
  };
}

function buildResolutionCaseListItem(store: Store, subject: ResolutionCase): Whop.ResolutionCenterCaseListResponse {
  const company = store.companies.get(subject.companyId)!;
  const user = store.users.get(store.payments.get(subject.paymentId)!.userId)!;
  return {
    ...buildCaseSummary(subject),
    company: { id: company.id, title: company.title },
    user: { id: user.id, name: user.name, username: user.username },
    payment: { id: subject.paymentId },
    created_at: subject.createdAt,
    updated_at: subject.updatedAt,
  };
}

type CaseSummary = Omit<NonNullable<Whop.Payment['resolutions']>[number], 'platform_response_actions'>;

/** What lists and payments say of a case. */
export const buildCaseSummary = (subject: ResolutionCase): CaseSummary => ({
  id: subject.id,
  status: subject.status,
  issue: subject.issue,
  due_date: subject.dueAt,
  customer_appealed: false,
  merchant_appealed: false,
  customer_response_actions: subject.status === 'customer_response_needed' ? ['respond', 'withdraw'] : [],
  merchant_response_actions:
    subject.status === 'merchant_response_needed' ? ['accept', 'deny', 'request_more_info'] : [],
});

export function resolutionCenterCases(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  const read = permit(emulator, 'payment:resolution_center_case:read');
  const filters = { company_id: z.string().optional(), statuses: z.array(z.string()).optional() };

  router.get('/resolution_center_cases', read, (req, res) => {
    const query = parseQuery(req, z.object({ ...pageQuery, ...filters }));
    if (query.company_id) companyFor(emulator, res, query.company_id);
    const found = [...store.resolutionCases.values()].filter(
      ({ companyId, status }) =>
        (query.company_id ? companyId === query.company_id : reaches(emulator, res, companyId)) &&
        (!query.statuses || query.statuses.includes(status)),
    );
    res.json(
      page(
        found,
        query,
        (subject) => buildResolutionCaseListItem(store, subject),
        ({ createdAt }) => createdAt,
      ),
    );
  });

  router.get('/resolution_center_cases/:id', read, (req, res) => {
    const subject = recordFor(emulator, res, store.resolutionCases, pathId(req), 'Resolution center case');
    res.json(buildResolutionCase(store, subject));
  });

  return router;
}
