import type { Router } from 'express';
import * as health from './controllers/health-controller.ts';
import { metrics } from './controllers/metrics-controller.ts';
import * as secondFactors from './controllers/second-factors-controller.ts';
import * as sessions from './controllers/sessions-controller.ts';
import * as users from './controllers/users-controller.ts';
import type { LiveHub } from './live/hub.ts';
import type { RateLimits } from './middleware/rate-limits.ts';
import type { Services } from './services.ts';
import { accountRoutes } from './routes/account.ts';
import { adminRoutes } from './routes/admin.ts';
import { authRoutes } from './routes/auth.ts';
import { checkoutRoutes } from './routes/checkouts.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { favoriteRoutes } from './routes/favorites.ts';
import { moneyRoutes } from './routes/money.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { offerRoutes } from './routes/offers.ts';
import { orderRoutes } from './routes/orders.ts';
import { publicRoutes } from './routes/public.ts';
import { createRouter } from './routes/router.ts';
import { sellerRoutes } from './routes/seller.ts';
import { whopRoutes } from './routes/whop.ts';

/** For processes that watch us: no session, no page. */
export function healthRoutes(services: Services): Router {
  const router = createRouter();
  router.get('/healthz', health.live);
  router.get('/readyz', health.ready(services));
  router.get('/metrics', metrics(services));
  return router;
}

/** Every address of the site: who may pass, and which controller answers. Each noun's part stands in routes/. */
export function pageRoutes(services: Services, limits: RateLimits, live: LiveHub): Router {
  const router = createRouter();

  router.get('/login', sessions.newSession);
  router.post('/login', limits.signIn, sessions.create);
  router.get('/login/second-factor', secondFactors.show);
  router.post('/login/second-factor', limits.code, secondFactors.create);
  router.get('/signup', users.newUser);
  router.post('/signup', limits.signUp, users.create);
  router.get('/logout', sessions.confirmDestroy);
  router.post('/logout', sessions.destroy);

  router.use([
    authRoutes(limits),
    whopRoutes(services, limits),
    favoriteRoutes(),
    publicRoutes(services),
    checkoutRoutes(services, limits),
    orderRoutes(services, limits),
    notificationRoutes(live),
    conversationRoutes(limits),
    offerRoutes(limits),
    accountRoutes(limits),
    sellerRoutes(services, limits),
    adminRoutes(),
    moneyRoutes(),
  ]);
  return router;
}
