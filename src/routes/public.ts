import type { Router } from 'express';
import * as categories from '../controllers/categories-controller.ts';
import * as feeds from '../controllers/feeds-controller.ts';
import * as gigs from '../controllers/gigs-controller.ts';
import * as home from '../controllers/home-controller.ts';
import * as images from '../controllers/images-controller.ts';
import * as pages from '../controllers/pages-controller.ts';
import * as posts from '../controllers/posts-controller.ts';
import * as profiles from '../controllers/profiles-controller.ts';
import * as search from '../controllers/search-controller.ts';
import * as sitemap from '../controllers/sitemap-controller.ts';
import { hostsCheckout } from '../middleware/security-headers.ts';
import type { Services } from '../services.ts';
import { createRouter } from './router.ts';

/** Everything that a visitor sees. The payment opens over the gig page, so that page makes room for Whop's frame. */
export function publicRoutes(services: Services): Router {
  const router = createRouter();
  router.get('/', home.show);
  router.get('/search', search.show);
  router.get('/categories/:slug', categories.show);
  router.get('/categories/:slug/feed.atom', feeds.show);
  router.get('/gigs/:slug', hostsCheckout(services.config), gigs.show);
  router.get('/@:username', profiles.show);
  router.get('/@:username/posts/:id', posts.show);
  router.get('/images/:id/:width.:format', images.show);
  router.get('/avatars/:id/:width.webp', images.showAvatar);
  router.get('/how-orders-work', pages.orderRules);
  router.get('/fees', pages.fees);
  router.get('/how-ranking-works', pages.ranking);
  router.get('/terms', pages.terms);
  router.get('/privacy', pages.privacy);
  router.get('/robots.txt', sitemap.robots);
  router.get('/sitemap.xml', sitemap.show);
  if (!services.config.production) router.get('/styleguide', pages.styleguide);
  return router;
}
