import type { Router } from 'express';
import * as attachments from '../controllers/attachments-controller.ts';
import * as acceptance from '../controllers/orders/acceptance-controller.ts';
import * as cancellations from '../controllers/orders/cancellations-controller.ts';
import * as delayReports from '../controllers/orders/delay-reports-controller.ts';
import * as endings from '../controllers/orders/endings-controller.ts';
import * as deliveries from '../controllers/orders/deliveries-controller.ts';
import * as disputes from '../controllers/orders/disputes-controller.ts';
import * as extensions from '../controllers/orders/extensions-controller.ts';
import * as extras from '../controllers/orders/extras-controller.ts';
import * as messages from '../controllers/orders/messages-controller.ts';
import * as orders from '../controllers/orders/orders-controller.ts';
import { filesOf } from '../controllers/orders/receiving.ts';
import * as records from '../controllers/orders/records-controller.ts';
import * as requirements from '../controllers/orders/requirements-controller.ts';
import * as reviewReplies from '../controllers/orders/review-replies-controller.ts';
import * as reviews from '../controllers/orders/reviews-controller.ts';
import * as revisions from '../controllers/orders/revisions-controller.ts';
import * as settlements from '../controllers/orders/settlements-controller.ts';
import * as tips from '../controllers/orders/tips-controller.ts';
import * as sellerOrders from '../controllers/sell/orders-controller.ts';
import type { RateLimits } from '../middleware/rate-limits.ts';
import { notSuspended, seller, signedIn, signedInOrGuest } from '../middleware/current-user.ts';
import { claimFirst } from '../middleware/guest-orders.ts';
import { hostsWhop } from '../middleware/security-headers.ts';
import type { Services } from '../services.ts';
import { createRouter } from './router.ts';

const reading = [signedInOrGuest];
const changing = [signedInOrGuest, notSuspended];

/** An order is reached by its two sides, a guest with the link among them, and by admins. */
export function orderRoutes({ config }: Services, limits: RateLimits): Router {
  const router = createRouter();
  const whopChat = hostsWhop(config);
  router.get('/orders', reading, orders.index);
  router.get('/orders/:id', reading, claimFirst, whopChat, orders.show);
  router.get('/sell/orders', seller, sellerOrders.index);
  router.get('/sell/orders/:id', signedIn, whopChat, sellerOrders.show);

  router.get('/orders/:id/requirements', reading, requirements.show);
  router.post('/orders/:id/requirements', changing, limits.uploads, filesOf('requirements'), requirements.create);
  router.get('/orders/:id/requirements/draft', reading, requirements.toForm);
  router.post(
    '/orders/:id/requirements/draft',
    changing,
    limits.uploads,
    filesOf('requirements'),
    requirements.createDraft,
  );
  router.get('/orders/:id/deliveries', reading, deliveries.newDelivery);
  router.post('/orders/:id/deliveries', changing, limits.uploads, filesOf('deliveries'), deliveries.create);
  router.post('/orders/:id/deliveries/draft', changing, limits.uploads, filesOf('deliveries'), deliveries.createDraft);
  router.get('/orders/:id/revisions', reading, revisions.newRevision);
  router.post('/orders/:id/revisions', changing, revisions.create);
  router.get('/orders/:id/acceptance', reading, acceptance.confirm);
  router.post('/orders/:id/acceptance', changing, acceptance.create);
  router.get('/orders/:id/reviews', reading, reviews.newReview);
  router.post('/orders/:id/reviews', changing, reviews.create);
  router.get('/attachments/:id', reading, attachments.show);
  router.get('/orders/:id/reviews/reply', reading, reviewReplies.newReply);
  router.post('/orders/:id/reviews/reply', changing, reviewReplies.create);
  router.get('/orders/:id/messages', reading, messages.index);
  router.post('/orders/:id/messages', changing, limits.messages, filesOf('messages'), messages.create);

  router.get('/orders/:id/cancellations', reading, cancellations.newCancellation);
  router.post('/orders/:id/cancellations', changing, cancellations.create);
  router.get('/orders/:id/extensions', reading, extensions.newExtension);
  router.post('/orders/:id/extensions', changing, extensions.create);
  router.get('/orders/:id/settlements', reading, settlements.newSettlement);
  router.post('/orders/:id/settlements', changing, settlements.create);
  for (const [noun, proposals] of Object.entries({ cancellations, extensions, settlements })) {
    router.get(`/orders/:id/${noun}/:pid/acceptance`, reading, proposals.confirm);
    router.post(`/orders/:id/${noun}/:pid/acceptance`, changing, proposals.accept);
    router.post(`/orders/:id/${noun}/:pid/decline`, changing, proposals.decline);
    router.post(`/orders/:id/${noun}/:pid/withdrawal`, changing, proposals.withdraw);
    for (const answer of ['decline', 'withdrawal'])
      router.get(`/orders/:id/${noun}/:pid/${answer}`, reading, orders.toWorkspace);
  }
  router.get('/orders/:id/unstarted-cancellation', reading, endings.unstarted.confirm);
  router.post('/orders/:id/unstarted-cancellation', changing, endings.unstarted.create);
  router.get('/orders/:id/late-cancellation', reading, endings.late.confirm);
  router.post('/orders/:id/late-cancellation', changing, endings.late.create);
  router.get('/orders/:id/suspended-cancellation', reading, endings.suspended.confirm);
  router.post('/orders/:id/suspended-cancellation', changing, endings.suspended.create);
  router.get('/orders/:id/delay-report', reading, delayReports.confirm);
  router.post('/orders/:id/delay-report', changing, delayReports.create);
  router.get('/orders/:id/disputes', reading, disputes.newDispute);
  router.post('/orders/:id/disputes', changing, limits.uploads, filesOf('disputes'), disputes.create);
  router.get('/orders/:id/disputes/:did/statements', reading, disputes.newStatement);
  router.post(
    '/orders/:id/disputes/:did/statements',
    changing,
    limits.uploads,
    filesOf('statements'),
    disputes.createStatement,
  );
  router.get('/orders/:id/disputes/:did/withdrawal', reading, orders.toWorkspace);
  router.post('/orders/:id/disputes/:did/withdrawal', changing, disputes.withdraw);

  router.get('/orders/:id/extras', reading, extras.newExtras);
  router.post('/orders/:id/extras', limits.checkout, changing, extras.create);
  router.get('/orders/:id/tips', reading, tips.newTip);
  router.post('/orders/:id/tips', limits.checkout, changing, tips.create);
  router.get('/orders/:id/record', reading, records.show);

  // The same acts for scripts, JSON in and out.
  router.post('/api/orders/:id/requirements', changing, requirements.create);
  router.post('/api/orders/:id/deliver', changing, deliveries.create);
  router.post('/api/orders/:id/request-revision', changing, revisions.create);
  router.post('/api/orders/:id/accept-delivery', changing, acceptance.create);
  router.post('/api/orders/:id/review', changing, reviews.create);
  return router;
}
