import type { Router } from 'express';
import * as profile from '../controllers/account/profile-controller.ts';
import { signedIn } from '../middleware/current-user.ts';
import { acting, createRouter } from './router.ts';

/** What belongs to one person, whatever he does on the site. */
export function accountRoutes(): Router {
  const router = createRouter();
  router.get('/account', signedIn, profile.edit);
  router.get('/account/profile', signedIn, profile.edit);
  router.post('/account/profile', acting, profile.update);
  return router;
}
