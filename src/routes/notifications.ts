import type { Router } from 'express';
import * as notifications from '../controllers/notifications-controller.ts';
import { signedIn } from '../middleware/current-user.ts';
import { createRouter } from './router.ts';

/** What a person is told. Somebody suspended reads it too. */
export function notificationRoutes(): Router {
  const router = createRouter();
  router.get('/notifications', signedIn, notifications.index);
  router.get('/notifications/reading', signedIn, notifications.toList);
  router.post('/notifications/reading', signedIn, notifications.readAll);
  return router;
}
