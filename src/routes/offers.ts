import type { Router } from 'express';
import * as offers from '../controllers/offers-controller.ts';
import { signedIn } from '../middleware/current-user.ts';
import type { RateLimits } from '../middleware/rate-limits.ts';
import { acting, createRouter } from './router.ts';

/** What a seller offers one buyer in their conversation. Accepting is a purchase: routes/checkouts.ts. */
export function offerRoutes(limits: RateLimits): Router {
  const router = createRouter();
  router.get('/conversations/:id/offers', acting, offers.newOffer);
  router.post('/conversations/:id/offers', acting, limits.messages, offers.create);
  router.post('/offers/:id/decline', acting, offers.decline);
  router.post('/offers/:id/withdrawal', acting, offers.withdraw);
  router.get('/offers/:id/decline', signedIn, offers.toThread);
  router.get('/offers/:id/withdrawal', signedIn, offers.toThread);
  return router;
}
