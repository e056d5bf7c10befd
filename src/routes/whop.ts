import type { Router } from 'express';
import * as accountWhop from '../controllers/account/whop-controller.ts';
import * as chat from '../controllers/chat-controller.ts';
import * as payouts from '../controllers/sell/payouts-controller.ts';
import { seller, signedIn } from '../middleware/current-user.ts';
import type { RateLimits } from '../middleware/rate-limits.ts';
import { hostsWhop } from '../middleware/security-headers.ts';
import { paths } from '../paths.ts';
import type { Services } from '../services.ts';
import { acting, createRouter } from './router.ts';

/** Where a person meets Whop outside the checkout: his account there, chat, payouts. */
export function whopRoutes({ config }: Services, limits: RateLimits): Router {
  const router = createRouter();

  router.get('/account/whop', signedIn, accountWhop.show);
  router.post('/account/whop', acting, accountWhop.create);
  router.get('/account/whop/unlink', (_request, response) => response.redirect(303, paths.accountWhop));
  router.post('/account/whop/unlink', acting, accountWhop.destroy);

  router.get('/api/chat/token', limits.token, acting, chat.token);
  router.get('/api/token', limits.token, acting, chat.token);
  router.get('/api/sell/payouts-token', limits.token);

  router.get('/sell/payouts', seller, hostsWhop(config), payouts.show);
  router.get('/sell/payouts/portal', (_request, response) => response.redirect(303, paths.payouts));
  router.post('/sell/payouts/portal', acting, payouts.portal);

  return router;
}
