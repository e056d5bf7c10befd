import type { Router } from 'express';
import * as bankDisputes from '../controllers/admin/bank-disputes-controller.ts';
import * as money from '../controllers/admin/money-controller.ts';
import * as orderRefunds from '../controllers/admin/order-refunds-controller.ts';
import * as payments from '../controllers/admin/payments-controller.ts';
import * as refunds from '../controllers/admin/refunds-controller.ts';
import * as settings from '../controllers/admin/settings-controller.ts';
import * as webhooks from '../controllers/admin/webhooks-controller.ts';
import * as withdrawals from '../controllers/sell/withdrawals-controller.ts';
import { admin, notSuspended, seller } from '../middleware/current-user.ts';
import { acting, createRouter } from './router.ts';

/** Where money is looked at and decided upon: the operator's desk, and the seller's way to his bank. */
export function moneyRoutes(): Router {
  const router = createRouter();
  const deciding = [admin, notSuspended];

  router.get('/admin/money', admin, money.show);
  router.post('/admin/money/runs', deciding, money.run);

  router.get('/admin/settings', admin, settings.show);
  router.post('/admin/settings', deciding, settings.update);

  router.get('/admin/payments/:id', admin, payments.display);
  router.post('/admin/payments/:id/refund', deciding, payments.refund);
  router.post('/admin/payments/:id/match', deciding, payments.match);
  router.post('/admin/payments/:id/reading', deciding, payments.read);
  router.post('/admin/payments/:id/loss', deciding, payments.writeDown);

  router.get('/admin/refunds/:id', admin, refunds.display);
  router.post('/admin/refunds/:id/retry', deciding, refunds.retry);
  router.post('/admin/refunds/:id/cover', deciding, refunds.cover);
  router.post('/admin/refunds/:id/write-off', deciding, refunds.writeOff);
  router.get('/admin/orders/:id/refunds/new', admin, orderRefunds.newRefund);
  router.post('/admin/orders/:id/refunds', deciding, orderRefunds.create);

  router.get('/admin/bank-disputes/:id', admin, bankDisputes.show);
  router.post('/admin/bank-disputes/:id/evidence', deciding, bankDisputes.sendEvidence);

  router.get('/admin/webhooks', admin, webhooks.list);
  router.post('/admin/webhooks/replays', deciding, webhooks.replayAll);
  router.post('/admin/webhooks/:event/replay', deciding, webhooks.replayOne);

  router.get('/sell/withdrawals', seller, withdrawals.list);
  router.post('/sell/withdrawals', acting, seller, withdrawals.create);
  router.post('/api/sell/withdraw', acting, seller, withdrawals.create);
  return router;
}
