import type { Router } from 'express';
import * as dashboard from '../controllers/sell/dashboard-controller.ts';
import * as gigImages from '../controllers/sell/gig-images-controller.ts';
import * as gigPublications from '../controllers/sell/gig-publications-controller.ts';
import * as gigReviews from '../controllers/sell/gig-reviews-controller.ts';
import * as gigs from '../controllers/sell/gigs-controller.ts';
import * as kyc from '../controllers/sell/kyc-controller.ts';
import * as level from '../controllers/sell/level-controller.ts';
import * as onboarding from '../controllers/sell/onboarding-controller.ts';
import * as posts from '../controllers/sell/posts-controller.ts';
import { seller, signedIn } from '../middleware/current-user.ts';
import type { RateLimits } from '../middleware/rate-limits.ts';
import { hostsWhop } from '../middleware/security-headers.ts';
import { paths } from '../paths.ts';
import type { Services } from '../services.ts';
import { acting, createRouter } from './router.ts';

/** Everything a seller does before orders. */
export function sellerRoutes({ config }: Services, limits: RateLimits): Router {
  const router = createRouter();

  router.get('/sell/onboarding', signedIn, hostsWhop(config), onboarding.show);
  router.post('/sell/onboarding', acting, onboarding.create);
  router.post('/api/sell/onboard', acting, onboarding.create);
  router.get('/sell/kyc/link', (_request, response) => response.redirect(303, paths.onboarding));
  router.post('/sell/kyc/link', acting, kyc.link);
  router.post('/api/sell/kyc/sync', acting, kyc.sync);
  router.get('/api/sell/payouts-token', acting, kyc.payoutsToken);

  router.get('/sell/dashboard', seller, dashboard.show);
  router.get('/sell/level', seller, level.show);

  router.get('/sell/gigs', seller, gigs.index);
  router.post('/sell/gigs', acting, gigs.create);
  router.get('/sell/gigs/new', seller, gigs.newGig);
  router.get('/sell/gigs/:id', seller, gigs.toEditor);
  router.post('/sell/gigs/:id', acting, gigs.update);
  router.get('/sell/gigs/:id/edit', seller, gigs.edit);
  router.post('/sell/gigs/:id/review', acting, gigReviews.create);
  router.post('/sell/gigs/:id/pause', acting, gigPublications.destroy);
  router.post('/sell/gigs/:id/publication', acting, gigPublications.create);
  for (const act of ['review', 'pause', 'publication']) router.get(`/sell/gigs/:id/${act}`, seller, gigs.toEditor);

  router.get('/sell/gigs/:id/images', seller, gigs.toEditor);
  router.post('/sell/gigs/:id/images', acting, limits.pictures, gigImages.receive, gigImages.create);
  router.get('/sell/gigs/:id/images/:pid', seller, gigs.toEditor);
  router.post('/sell/gigs/:id/images/:pid', acting, gigImages.update);
  router.get('/sell/gigs/:id/images/:pid/removal', seller, gigs.toEditor);
  router.post('/sell/gigs/:id/images/:pid/removal', acting, gigImages.destroy);

  router.get('/sell/posts', seller, posts.index);
  router.post('/sell/posts', acting, posts.create);
  router.get('/sell/posts/new', seller, posts.newPost);
  router.get('/sell/posts/:id', seller, posts.toEditor);
  router.post('/sell/posts/:id', acting, posts.update);
  router.get('/sell/posts/:id/edit', seller, posts.edit);
  router.post('/sell/posts/:id/publication', acting, posts.publish);
  router.post('/sell/posts/:id/withdrawal', acting, posts.withdraw);
  for (const act of ['publication', 'withdrawal']) router.get(`/sell/posts/:id/${act}`, seller, posts.toEditor);

  return router;
}
