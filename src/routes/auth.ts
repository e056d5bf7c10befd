import type { Router } from 'express';
import * as whopSessions from '../controllers/whop-sessions-controller.ts';
import { createRouter } from './router.ts';

/** Continue with Whop. */
export function authRoutes(): Router {
  const router = createRouter();
  router.get('/api/auth/whop/authorize', whopSessions.authorize);
  router.get('/api/auth/callback/whop', whopSessions.callback);
  return router;
}
