import type { Router } from 'express';
import { filesOfQuestion, filesOfReply } from '../controllers/conversation-files.ts';
import * as conversations from '../controllers/conversations-controller.ts';
import { signedIn } from '../middleware/current-user.ts';
import type { RateLimits } from '../middleware/rate-limits.ts';
import { paths } from '../paths.ts';
import { acting, createRouter } from './router.ts';

/** What two people write to each other before, or without, an order. */
export function conversationRoutes(limits: RateLimits): Router {
  const router = createRouter();
  router.get('/messages', signedIn, conversations.index);
  router.get('/messages/:id', signedIn, conversations.show);
  router.post('/messages/:id', acting, limits.messages, filesOfReply, conversations.reply);
  router.get('/conversations', (_request, response) => response.redirect(303, paths.messages()));
  router.post('/conversations', acting, limits.messages, filesOfQuestion, conversations.create);
  router.get('/conversations/new', acting, conversations.newConversation);
  router.post('/conversations/:id/block', acting, conversations.block);
  router.post('/conversations/:id/unblock', acting, conversations.unblock);
  router.post('/conversations/:id/report', acting, conversations.report);
  for (const act of ['block', 'unblock', 'report']) {
    router.get(`/conversations/:id/${act}`, signedIn, conversations.toThread);
  }
  return router;
}
