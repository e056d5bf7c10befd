import type { Router } from 'express';
import * as completions from '../controllers/checkout-completions-controller.ts';
import * as checkouts from '../controllers/checkouts-controller.ts';
import * as guestLinks from '../controllers/guest-links-controller.ts';
import * as orderLinks from '../controllers/order-links-controller.ts';
import * as claims from '../controllers/orders/claims-controller.ts';
import * as options from '../controllers/order-options-controller.ts';
import { notSuspended, signedIn, signedInOrGuest } from '../middleware/current-user.ts';
import type { RateLimits } from '../middleware/rate-limits.ts';
import { hostsCheckout } from '../middleware/security-headers.ts';
import { noReferrer } from '../middleware/referrer.ts';
import type { Services } from '../services.ts';
import { acting, createRouter } from './router.ts';

/** From the options to the paid order. The pages open the policy for Whop's frame, since htmx may swap it into any of them. */
export function checkoutRoutes(services: Services, limits: RateLimits): Router {
  const router = createRouter();
  const whopFrame = hostsCheckout(services.config);
  router.get('/gigs/:slug/order', whopFrame, options.show);
  router.get('/checkouts', (_request, response) => response.redirect(303, '/search'));
  router.post('/checkouts', limits.checkout, whopFrame, notSuspended, checkouts.create);
  router.post('/api/checkout/create', limits.checkout, notSuspended, checkouts.create);
  router.get('/checkouts/:id', whopFrame, signedInOrGuest, checkouts.show);
  router.get('/checkout/complete', whopFrame, completions.show);
  router.post('/api/checkout/confirm', limits.checkout, completions.confirm);
  router.get('/o/:token', noReferrer, guestLinks.show);
  router.get('/order-links', orderLinks.newLinks);
  router.post('/order-links', limits.reset, orderLinks.create);
  router.get('/orders/:id/claim', signedIn, claims.confirm);
  router.post('/orders/:id/claim', acting, claims.create);
  return router;
}
