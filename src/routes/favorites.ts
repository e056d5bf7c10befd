import type { Router } from 'express';
import * as favorites from '../controllers/favorites-controller.ts';
import { signedIn } from '../middleware/current-user.ts';
import { paths } from '../paths.ts';
import { acting, createRouter } from './router.ts';

/** Gigs kept for later. */
export function favoriteRoutes(): Router {
  const router = createRouter();
  router.get('/favorites', signedIn, favorites.index);
  router.post('/favorites', acting, favorites.create);
  router.get('/favorites/removal', (_request, response) => response.redirect(303, paths.favorites));
  router.post('/favorites/removal', acting, favorites.destroy);
  return router;
}
