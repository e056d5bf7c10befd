import type { Router } from 'express';
import * as emailChanges from '../controllers/email-changes-controller.ts';
import * as emailVerifications from '../controllers/email-verifications-controller.ts';
import * as passwordResets from '../controllers/password-resets-controller.ts';
import * as securityTxt from '../controllers/security-txt-controller.ts';
import * as whopJoins from '../controllers/whop-joins-controller.ts';
import * as whopSessions from '../controllers/whop-sessions-controller.ts';
import { signedIn } from '../middleware/current-user.ts';
import type { RateLimits } from '../middleware/rate-limits.ts';
import { noReferrer } from '../middleware/referrer.ts';
import { paths } from '../paths.ts';
import { createRouter } from './router.ts';

/** Continue with Whop, and the proofs that are mailed. A link shows a page; only its button uses it up. */
export function authRoutes(limits: RateLimits): Router {
  const router = createRouter();
  router.get('/api/auth/whop/authorize', whopSessions.authorize);
  router.get('/api/auth/callback/whop', whopSessions.callback);

  router.get('/.well-known/security.txt', securityTxt.show);
  router.get('/.well-known/change-password', (_request, response) => response.redirect(303, paths.accountSecurity));
  router.get('/password-resets', passwordResets.newReset);
  router.post('/password-resets', limits.reset, passwordResets.create);
  router.get('/password-resets/:token', noReferrer, passwordResets.edit);
  router.post('/password-resets/:token', noReferrer, limits.proof, passwordResets.update);

  router.get('/email-verifications', (_request, response) => response.redirect(303, paths.accountSecurity));
  router.post('/email-verifications', signedIn, limits.security, emailVerifications.create);
  router.get('/email-verifications/:token', noReferrer, emailVerifications.show);
  router.post('/email-verifications/:token', noReferrer, limits.proof, emailVerifications.update);
  router.get('/email-changes/:token', noReferrer, emailChanges.show);
  router.post('/email-changes/:token', noReferrer, limits.proof, emailChanges.update);
  router.get('/whop-joins/:token', noReferrer, whopJoins.show);
  router.post('/whop-joins/:token', noReferrer, limits.proof, whopJoins.update);
  return router;
}
