import { Router } from 'express';
import { buildLedgerAccount } from '../api/ledger-accounts.ts';
import { buildCompany } from '../api/companies.ts';
import { buildPayment } from '../api/payment-builder.ts';
import type { Emulator } from '../context.ts';
import { populate } from '../domain/people.ts';
import { buildDelivery } from './webhooks.ts';

/** Everything it knows, and forgetting it. A reset keeps the registration: the app does not know that it happened. */
export function stateControl(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();

  router.get('/state', (_req, res) => {
    res.json({
      registration: store.registration,
      faults: store.faults,
      users: [...store.users.values()],
      companies: [...store.companies.values()].map((company) => ({
        ...buildCompany(store, company),
        email: company.email,
        parent_company_id: company.parentId,
        kyc: company.identity.status,
        ledger_account: buildLedgerAccount(store, company),
      })),
      checkouts: [...store.checkouts.values()],
      payments: [...store.payments.values()].map((payment) => buildPayment(store, payment)),
      refunds: [...store.refunds.values()],
      disputes: [...store.disputes.values()],
      disputeAlerts: [...store.disputeAlerts.values()],
      resolutionCases: [...store.resolutionCases.values()],
      ledgerEntries: [...store.ledgerEntries.values()],
      payoutMethods: [...store.payoutMethods.values()],
      withdrawals: [...store.withdrawals.values()],
      transfers: [...store.transfers.values()],
      channels: [...store.channels.values()],
      messages: [...store.messages.values()],
      webhookEndpoints: [...store.webhookEndpoints.values()].map(({ secret: _secret, ...endpoint }) => endpoint),
      deliveries: [...store.deliveries.values()].map((delivery) => buildDelivery(emulator, delivery)),
    });
  });

  /** The last API and OAuth calls: proves how often something was really asked for. */
  router.get('/calls', (_req, res) => void res.json(store.calls));

  router.post('/reset', (_req, res) => {
    const endpoints = store.registration ? [...store.webhookEndpoints] : [];
    store.clear();
    populate(store);
    for (const [id, endpoint] of endpoints) if (id.startsWith('hook_Emu')) store.webhookEndpoints.set(id, endpoint);
    res.json({ reset: true });
  });

  return router;
}
