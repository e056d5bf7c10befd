import type { Router } from 'express';
import * as kyc from '../controllers/sell/kyc-controller.ts';
import * as onboarding from '../controllers/sell/onboarding-controller.ts';
import { signedIn } from '../middleware/current-user.ts';
import { hostsWhop } from '../middleware/security-headers.ts';
import { paths } from '../paths.ts';
import type { Services } from '../services.ts';
import { acting, createRouter } from './router.ts';

/** Everything a seller does before orders. */
export function sellerRoutes({ config }: Services): Router {
  const router = createRouter();

  router.get('/sell/onboarding', signedIn, hostsWhop(config), onboarding.show);
  router.post('/sell/onboarding', acting, onboarding.create);
  router.post('/api/sell/onboard', acting, onboarding.create);
  router.get('/sell/kyc/link', (_request, response) => response.redirect(303, paths.onboarding));
  router.post('/sell/kyc/link', acting, kyc.link);
  router.post('/api/sell/kyc/sync', acting, kyc.sync);
  router.get('/api/sell/payouts-token', acting, kyc.payoutsToken);

  return router;
}
