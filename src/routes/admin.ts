import type { Router } from 'express';
import * as audit from '../controllers/admin/audit-controller.ts';
import * as gigs from '../controllers/admin/gigs-controller.ts';
import * as home from '../controllers/admin/home-controller.ts';
import * as users from '../controllers/admin/users-controller.ts';
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

  return router;
}
