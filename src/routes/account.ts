import type { Router } from 'express';
import * as avatar from '../controllers/account/avatar-controller.ts';
import * as data from '../controllers/account/data-controller.ts';
import * as profile from '../controllers/account/profile-controller.ts';
import * as secondFactor from '../controllers/account/second-factor-controller.ts';
import * as security from '../controllers/account/security-controller.ts';
import * as sessions from '../controllers/account/sessions-controller.ts';
import { signedIn } from '../middleware/current-user.ts';
import type { RateLimits } from '../middleware/rate-limits.ts';
import { acting, createRouter } from './router.ts';

/** What belongs to one person, whatever he does on the site. Somebody suspended still looks after his own safety and data. */
export function accountRoutes(limits: RateLimits): Router {
  const router = createRouter();
  router.get('/account', signedIn, profile.edit);
  router.get('/account/profile', signedIn, profile.edit);
  router.post('/account/profile', acting, profile.update);

  for (const act of ['avatar', 'avatar/removal']) router.get(`/account/${act}`, avatar.toAccount);
  router.post('/account/avatar', acting, limits.pictures, avatar.receive, avatar.create);
  router.post('/account/avatar/removal', acting, avatar.destroy);

  router.get('/account/security', signedIn, security.show);
  for (const act of ['password', 'email']) router.get(`/account/security/${act}`, security.toSecurity);
  router.post('/account/security/password', signedIn, limits.security, security.changeOwnPassword);
  router.post('/account/security/email', signedIn, limits.security, security.changeOwnEmail);

  router.get('/account/security/second-factor', signedIn, secondFactor.show);
  router.post('/account/security/second-factor', signedIn, limits.security, secondFactor.start);
  router.post('/account/security/second-factor/confirmation', signedIn, limits.security, secondFactor.confirm);
  router.post('/account/security/second-factor/removal', signedIn, limits.security, secondFactor.remove);
  for (const act of ['confirmation', 'removal']) {
    router.get(`/account/security/second-factor/${act}`, secondFactor.toSecondFactor);
  }

  router.get('/account/sessions', signedIn, sessions.index);
  router.get('/account/sessions/ending', sessions.toSessions);
  router.post('/account/sessions/ending', signedIn, sessions.end);

  router.get('/account/export', signedIn, limits.security, data.download);
  router.get('/account/deletion', signedIn, data.showDeletion);
  router.post('/account/deletion', signedIn, limits.security, data.ask);
  router.get('/account/deletion/withdrawal', data.toDeletion);
  router.post('/account/deletion/withdrawal', signedIn, data.withdraw);
  return router;
}
