import { Router } from 'express';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { advanceDispute } from '../domain/disputing.ts';
import type { Dispute, Evidence } from '../records.ts';
import { companyFor, pathId, permit, recordFor } from './authentication.ts';
import { buildDispute, buildDisputeListItem, buildNativeDispute, isEditable } from './dispute-builder.ts';
import { badRequest } from './errors.ts';
import { page, pageQuery } from './lists.ts';
import { parseBody, parseQuery } from './parse.ts';
import { NATIVE_DISPUTES, versionOf } from './versions.ts';

const text = z.string().max(20_000).nullish();
const evidence = z.object({
  access_activity_log: text,
  billing_address: text,
  cancellation_policy_disclosure: text,
  customer_email_address: text,
  customer_name: text,
  notes: text,
  product_description: text,
  refund_policy_disclosure: text,
  refund_refusal_explanation: text,
  service_date: text,
});

export function disputes(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  const read = permit(emulator, 'payment:dispute:read');
  const write = permit(emulator, 'payment:dispute');

  const editable = (dispute: Dispute): Dispute => {
    if (!isEditable(dispute)) throw badRequest('Evidence for this dispute can no longer be changed.');
    return dispute;
  };

  router.get('/disputes', read, (req, res) => {
    const query = parseQuery(req, z.object({ ...pageQuery, company_id: z.string() }));
    const company = companyFor(emulator, res, query.company_id);
    const found = [...store.disputes.values()].filter(({ companyId }) => companyId === company.id);
    res.json(
      page(
        found,
        query,
        (dispute) => buildDisputeListItem(store, dispute),
        ({ createdAt }) => createdAt,
      ),
    );
  });

  router.get('/disputes/:id', read, (req, res) => {
    const dispute = recordFor(emulator, res, store.disputes, pathId(req), 'Dispute');
    const native = versionOf(req) >= NATIVE_DISPUTES;
    res.json(native ? buildNativeDispute(store, dispute) : buildDispute(store, dispute));
  });

  router.post('/disputes/:id/update_evidence', write, (req, res) => {
    const dispute = editable(recordFor(emulator, res, store.disputes, pathId(req), 'Dispute'));
    for (const [name, value] of Object.entries(parseBody(req, evidence))) {
      if (value !== undefined) dispute.evidence[camelCase(name) as keyof Evidence] = value;
    }
    dispute.updatedAt = new Date().toISOString();
    res.json(buildDispute(store, dispute));
  });

  router.post('/disputes/:id/submit_evidence', write, (req, res) => {
    const dispute = editable(recordFor(emulator, res, store.disputes, pathId(req), 'Dispute'));
    dispute.submittedAt = new Date().toISOString();
    const warning = dispute.status.startsWith('warning_');
    advanceDispute(emulator, dispute, warning ? 'warning_under_review' : 'under_review');
    res.json(buildDispute(store, dispute));
  });

  return router;
}

const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
