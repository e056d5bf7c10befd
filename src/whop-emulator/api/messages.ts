import { Router, type Response } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { messagesOf, write } from '../domain/chatting.ts';
import type { Message } from '../records.ts';
import type { Store } from '../store.ts';
import { callerOf, pathId, permit } from './authentication.ts';
import { channelOf } from './dm-channels.ts';
import { notFound } from './errors.ts';
import { page, pageQuery } from './lists.ts';
import { parseBody, parseQuery } from './parse.ts';

const creation = z.object({
  channel_id: z.string(),
  content: z.string().trim().min(1).max(10_000),
  replying_to_message_id: z.string().nullish(),
});

export function buildMessage(store: Store, message: Message): Whop.Message {
  const user = store.users.get(message.userId)!;
  return {
    id: message.id,
    content: message.content,
    created_at: message.createdAt,
    updated_at: message.updatedAt,
    is_edited: message.edited,
    is_pinned: message.pinned,
    mentions: [],
    mentions_everyone: false,
    message_type: 'regular',
    poll: null,
    poll_votes: [],
    reaction_counts: [],
    replying_to_message_id: message.replyingToId,
    user: { id: user.id, name: user.name, username: user.username },
    view_count: null,
  };
}

export function messages(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  const read = permit(emulator, 'dms:read');
  const manage = permit(emulator, 'dms:message:manage');

  /** A key speaks as its company's owner, the "key's agent"; a person's token as that person (contract 8.1). */
  const speaker = (res: Response): string => {
    const { userId, companyId } = callerOf(res);
    return userId ?? store.companies.get(companyId ?? '')!.ownerId;
  };

  const messageOf = (res: Response, id: string): Message => {
    const message = store.messages.get(id);
    if (!message) throw notFound('Message');
    channelOf(emulator, res, message.channelId);
    return message;
  };

  router.post('/messages', permit(emulator, 'chat:message:create'), (req, res) => {
    const body = parseBody(req, creation);
    const channel = channelOf(emulator, res, body.channel_id);
    const details = { userId: speaker(res), content: body.content, replyingToId: body.replying_to_message_id ?? null };
    res.status(201).json(buildMessage(store, write(emulator, channel, details)));
  });

  router.get('/messages', read, (req, res) => {
    const query = parseQuery(req, z.object({ ...pageQuery, channel_id: z.string() }));
    const channel = channelOf(emulator, res, query.channel_id);
    const build = (message: Message): Whop.MessageListResponse => buildMessage(store, message);
    res.json(page(messagesOf(store, channel.id), query, build, ({ createdAt }) => createdAt));
  });

  router.get('/messages/:id', read, (req, res) => {
    res.json(buildMessage(store, messageOf(res, pathId(req))));
  });

  router.patch('/messages/:id', manage, (req, res) => {
    const message = messageOf(res, pathId(req));
    const change = z.object({ content: z.string().trim().min(1).nullish(), is_pinned: z.boolean().nullish() });
    const { content, is_pinned: pinned } = parseBody(req, change);
    message.edited ||= content != null && content !== message.content;
    message.content = content ?? message.content;
    message.pinned = pinned ?? message.pinned;
    message.updatedAt = new Date().toISOString();
    res.json(buildMessage(store, message));
  });

  router.delete('/messages/:id', manage, (req, res) => {
    store.messages.delete(messageOf(res, pathId(req)).id);
    res.json(true);
  });

  return router;
}
