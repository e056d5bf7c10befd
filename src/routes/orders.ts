import type { Router } from 'express';
import * as attachments from '../controllers/attachments-controller.ts';
import * as acceptance from '../controllers/orders/acceptance-controller.ts';
import * as deliveries from '../controllers/orders/deliveries-controller.ts';
import * as messages from '../controllers/orders/messages-controller.ts';
import * as orders from '../controllers/orders/orders-controller.ts';
import { filesOf } from '../controllers/orders/receiving.ts';
import * as requirements from '../controllers/orders/requirements-controller.ts';
import * as reviews from '../controllers/orders/reviews-controller.ts';
import * as revisions from '../controllers/orders/revisions-controller.ts';
import * as sellerOrders from '../controllers/sell/orders-controller.ts';
import { notSuspended, seller, signedIn, signedInOrGuest } from '../middleware/current-user.ts';
import { hostsWhop } from '../middleware/security-headers.ts';
import type { Services } from '../services.ts';
import { createRouter } from './router.ts';

const reading = [signedInOrGuest];
const changing = [signedInOrGuest, notSuspended];

/** An order is reached by its two sides, a guest with the link among them, and by admins. */
export function orderRoutes({ config }: Services): Router {
  const router = createRouter();
  const whopChat = hostsWhop(config);
  router.get('/orders', reading, orders.index);
  router.get('/orders/:id', reading, whopChat, orders.show);
  router.get('/sell/orders', seller, sellerOrders.index);
  router.get('/sell/orders/:id', signedIn, whopChat, sellerOrders.show);

  router.get('/orders/:id/requirements', reading, requirements.show);
  router.post('/orders/:id/requirements', changing, filesOf('requirements'), requirements.create);
  router.get('/orders/:id/deliveries', reading, deliveries.newDelivery);
  router.post('/orders/:id/deliveries', changing, filesOf('deliveries'), deliveries.create);
  router.post('/orders/:id/deliveries/draft', changing, filesOf('deliveries'), deliveries.createDraft);
  router.get('/orders/:id/revisions', reading, revisions.newRevision);
  router.post('/orders/:id/revisions', changing, revisions.create);
  router.get('/orders/:id/acceptance', reading, acceptance.confirm);
  router.post('/orders/:id/acceptance', changing, acceptance.create);
  router.get('/orders/:id/reviews', reading, reviews.newReview);
  router.post('/orders/:id/reviews', changing, reviews.create);
  router.get('/attachments/:id', reading, attachments.show);
  router.get('/orders/:id/messages', reading, messages.index);
  router.post('/orders/:id/messages', changing, filesOf('messages'), messages.create);

  // The same acts for scripts, JSON in and out.
  router.post('/api/orders/:id/requirements', changing, requirements.create);
  router.post('/api/orders/:id/deliver', changing, deliveries.create);
  router.post('/api/orders/:id/request-revision', changing, revisions.create);
  router.post('/api/orders/:id/accept-delivery', changing, acceptance.create);
  router.post('/api/orders/:id/review', changing, reviews.create);
  return router;
}
