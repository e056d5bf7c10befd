import { Router } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { transfer } from '../domain/transferring.ts';
import { toUnits } from '../money.ts';
import type { Company, Transfer } from '../records.ts';
import type { Store } from '../store.ts';
import { companyFor, pathId, permit, reaches } from './authentication.ts';
import { badRequest, missingParameter, notFound } from './errors.ts';
import { companyOfLedger } from './ledger-accounts.ts';
import { page, pageQuery } from './lists.ts';
import { amount, currency, metadata, parseBody, parseQuery } from './parse.ts';

const creation = z.object({
  amount,
  currency: currency.default('usd'),
  origin_id: z.string(),
  destination_id: z.string().optional(),
  idempotence_key: z.string().nullish(),
  metadata: metadata.nullish(),
  notes: z.string().max(50).nullish(),
  type: z.literal('ledger').default('ledger'),
});

type Owner = Whop.TransferRetrieveResponse['origin'];

const owner = ({ id, route, title }: Company): Owner => ({ typename: 'Company', id, route, title });

function buildTransfer(store: Store, subject: Transfer): Whop.TransferRetrieveResponse {
  const origin = store.companies.get(subject.originId)!;
  const destination = store.companies.get(subject.destinationId)!;
  return {
    ...buildTransferListItem(store, subject),
    origin: owner(origin),
    destination: owner(destination),
  };
}

function buildTransferListItem(store: Store, subject: Transfer): Whop.TransferListResponse {
  return {
    id: subject.id,
    amount: toUnits(subject.cents),
    created_at: subject.createdAt,
    currency: subject.currency,
    origin_ledger_account_id: store.companies.get(subject.originId)!.ledgerId,
    destination_ledger_account_id: store.companies.get(subject.destinationId)!.ledgerId,
    fee_amount: 0,
    metadata: subject.metadata,
    notes: subject.notes,
  };
}

export function transfers(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  const read = permit(emulator, 'payout:transfer:read');

  const ledgerOf = (id: string, what: string): Company => {
    const company = companyOfLedger(store, id);
    if (!company) throw notFound(what);
    return company;
  };

  router.post('/transfers', permit(emulator, 'payout:transfer_funds'), (req, res) => {
    const body = parseBody(req, creation);
    if (!body.destination_id) throw missingParameter('destination_id');
    const origin = companyFor(emulator, res, ledgerOf(body.origin_id, 'Origin').id, 'Origin');
    const destination = ledgerOf(body.destination_id, 'Destination');
    if (origin.id === destination.id) throw badRequest('Origin and destination must differ');
    const created = transfer(store, {
      originId: origin.id,
      destinationId: destination.id,
      cents: body.amount,
      currency: body.currency,
      notes: body.notes ?? null,
      metadata: body.metadata ?? null,
      idempotenceKey: body.idempotence_key ?? null,
    });
    res.status(201).json(buildTransfer(store, created));
  });

  router.get('/transfers', read, (req, res) => {
    const filters = { origin_id: z.string().optional(), destination_id: z.string().optional() };
    const query = parseQuery(req, z.object({ ...pageQuery, ...filters }));
    if (!query.origin_id && !query.destination_id) throw missingParameter('origin_id');
    const origin = query.origin_id ? ledgerOf(query.origin_id, 'Origin').id : null;
    const destination = query.destination_id ? ledgerOf(query.destination_id, 'Destination').id : null;
    const found = [...store.transfers.values()].filter(
      (one) =>
        (!origin || one.originId === origin) &&
        (!destination || one.destinationId === destination) &&
        (reaches(emulator, res, one.originId) || reaches(emulator, res, one.destinationId)),
    );
    res.json(
      page(
        found,
        query,
        (one) => buildTransferListItem(store, one),
        ({ createdAt }) => createdAt,
      ),
    );
  });

  router.get('/transfers/:id', read, (req, res) => {
    const subject = store.transfers.get(pathId(req));
    if (!subject || !reaches(emulator, res, subject.originId)) throw notFound('Transfer');
    res.json(buildTransfer(store, subject));
  });

  return router;
}
