import type { Router } from 'express';
import * as audit from '../controllers/admin/audit-controller.ts';
import * as categories from '../controllers/admin/categories-controller.ts';
import * as disputes from '../controllers/admin/disputes-controller.ts';
import * as gigs from '../controllers/admin/gigs-controller.ts';
import * as home from '../controllers/admin/home-controller.ts';
import * as sellers from '../controllers/admin/sellers-controller.ts';
import * as users from '../controllers/admin/users-controller.ts';
import * as orderDecisions from '../controllers/admin/order-decisions-controller.ts';
import * as orders from '../controllers/admin/orders-controller.ts';
import * as reports from '../controllers/admin/reports-controller.ts';
import * as reviews from '../controllers/admin/reviews-controller.ts';
import { admin, notSuspended } from '../middleware/current-user.ts';
import { createRouter } from './router.ts';

/** The operator's rooms; for everybody else they do not exist. */
export function adminRoutes(): Router {
  const router = createRouter();
  const guards = [admin, notSuspended];

  router.get('/admin', guards, home.show);
  router.get('/admin/gigs', guards, gigs.index);
  router.get('/admin/gigs/:id', guards, gigs.show);
  router.post('/admin/gigs/:id/approval', guards, gigs.approve);
  router.post('/admin/gigs/:id/rejection', guards, gigs.reject);
  for (const act of ['approval', 'rejection']) router.get(`/admin/gigs/:id/${act}`, guards, gigs.toReview);

  router.get('/admin/users', guards, users.index);
  router.get('/admin/users/:id', guards, users.show);
  router.post('/admin/users/:id/suspension', guards, users.suspend);
  router.post('/admin/users/:id/reinstatement', guards, users.reinstate);
  for (const act of ['suspension', 'reinstatement']) router.get(`/admin/users/:id/${act}`, guards, users.toUser);
  router.get('/admin/audit', guards, audit.index);

  router.get('/admin/sellers', guards, sellers.index);
  router.get('/admin/sellers/:id/reading', guards, sellers.toSellers);
  router.post('/admin/sellers/:id/reading', guards, sellers.read);
  router.get('/admin/categories', guards, categories.index);
  router.post('/admin/categories', guards, categories.create);
  router.get('/admin/categories/:id', guards, categories.edit);
  router.post('/admin/categories/:id', guards, categories.update);
  router.get('/admin/categories/:id/removal', guards, categories.toCategory);
  router.post('/admin/categories/:id/removal', guards, categories.destroy);

  router.get('/admin/orders', guards, orders.index);
  router.get('/admin/orders/:id', guards, orders.show);
  router.post('/admin/orders/:id/resolution', guards, orderDecisions.resolve);
  router.post('/admin/orders/:id/transitions', guards, orderDecisions.move);
  for (const act of ['resolution', 'transitions']) router.get(`/admin/orders/:id/${act}`, guards, orders.toOrder);
  router.get('/admin/disputes', guards, disputes.index);
  router.get('/admin/reviews', guards, reviews.index);
  router.post('/admin/reviews/:id/hiding', guards, reviews.hide);
  router.post('/admin/reviews/:id/showing', guards, reviews.unhide);
  for (const act of ['hiding', 'showing']) router.get(`/admin/reviews/:id/${act}`, guards, reviews.toReviews);

  router.get('/admin/reports', guards, reports.index);
  router.get('/admin/reports/:id', guards, reports.show);
  router.post('/admin/reports/:id/closure', guards, reports.close);
  router.get('/admin/reports/:id/closure', guards, reports.toReport);

  return router;
}
