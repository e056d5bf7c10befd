import type { Router } from 'express';
import * as mails from '../controllers/account/notifications-controller.ts';
import * as calendar from '../controllers/calendar-controller.ts';
import * as events from '../controllers/events-controller.ts';
import * as notifications from '../controllers/notifications-controller.ts';
import type { LiveHub } from '../live/hub.ts';
import { notSuspended, signedIn } from '../middleware/current-user.ts';
import { createRouter } from './router.ts';

/** What a person is told, on a page and while pages are open. Somebody suspended reads it, but hears nothing. */
export function notificationRoutes(live: LiveHub): Router {
  const router = createRouter();
  router.get('/events', notSuspended, events.stream(live));
  router.get('/notifications', signedIn, notifications.index);
  router.get('/notifications/unread', signedIn, notifications.unread);
  router.get('/notifications/reading', signedIn, notifications.toList);
  router.post('/notifications/reading', signedIn, notifications.readAll);
  router.get('/calendar/:token.ics', calendar.show);
  router.get('/account/notifications', signedIn, mails.edit);
  router.post('/account/notifications', signedIn, mails.update);
  return router;
}
