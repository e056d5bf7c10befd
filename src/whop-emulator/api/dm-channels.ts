import { Router, type Response } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { channelFor } from '../domain/chatting.ts';
import type { Channel } from '../records.ts';
import { callerOf, companyFor, pathId, permit, reaches } from './authentication.ts';
import { badRequest, invalidParameter, notFound } from './errors.ts';
import { page, pageQuery } from './lists.ts';
import { parseBody, parseQuery } from './parse.ts';

const MOST_MEMBERS = 50;

const creation = z.object({
  with_user_ids: z.array(z.string()).min(1).max(MOST_MEMBERS),
  company_id: z.string().nullish(),
  custom_name: z.string().max(100).nullish(),
});

const buildChannel = ({ id, name, createdAt, lastMessageAt }: Channel): Whop.DmChannel => ({
  id,
  name,
  created_at: createdAt,
  last_message_at: lastMessageAt,
});

/** The channel, or 404: a person sees his own, a key those of its companies. */
export function channelOf(emulator: Emulator, res: Response, id: string): Channel {
  const channel = emulator.store.channels.get(id);
  if (!channel || !seesChannel(emulator, res, channel)) throw notFound('Channel');
  return channel;
}

export function seesChannel(emulator: Emulator, res: Response, channel: Channel): boolean {
  const { userId } = callerOf(res);
  return userId ? channel.memberIds.includes(userId) : reaches(emulator, res, channel.companyId);
}

export function dmChannels(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  const manage = permit(emulator, 'dms:channel:manage');
  const read = permit(emulator, 'dms:read');

  router.post('/dm_channels', manage, (req, res) => {
    const body = parseBody(req, creation);
    if (body.company_id && !callerOf(res).userId) companyFor(emulator, res, body.company_id);
    const memberIds = body.with_user_ids.map(userId);
    const { userId: self } = callerOf(res);
    if (self) memberIds.push(self);
    if (new Set(memberIds).size < 2)
      throw badRequest('A channel needs at least two members', { param: 'with_user_ids' });
    const companyId = body.company_id ?? callerOf(res).companyId;
    const channel = channelFor(store, {
      kind: 'direct_message',
      companyId,
      memberIds,
      name: body.custom_name ?? null,
    });
    res.status(201).json(buildChannel(channel));
  });

  /** Entries may be an id, a username or an address (contract 8.1). */
  const userId = (entry: string): string => {
    const user = [...store.users.values()].find(
      ({ id, username, email, emailVerified }) =>
        id === entry || username === entry || (emailVerified && email === entry.toLowerCase()),
    );
    if (!user) throw invalidParameter('with_user_ids', `User ${entry} not found`);
    return user.id;
  };

  router.get('/dm_channels', read, (req, res) => {
    const query = parseQuery(req, z.object({ ...pageQuery, company_id: z.string().optional() }));
    const found = [...store.channels.values()].filter(
      (channel) =>
        channel.kind === 'direct_message' &&
        seesChannel(emulator, res, channel) &&
        (!query.company_id || channel.companyId === query.company_id),
    );
    res.json(page(found, query, buildChannel, ({ lastMessageAt, createdAt }) => lastMessageAt ?? createdAt));
  });

  router.get(
    '/dm_channels/:id',
    read,
    (req, res) => void res.json(buildChannel(channelOf(emulator, res, pathId(req)))),
  );

  router.patch('/dm_channels/:id', manage, (req, res) => {
    const channel = channelOf(emulator, res, pathId(req));
    const { custom_name: name } = parseBody(req, z.object({ custom_name: z.string().max(100).nullish() }));
    if (name !== undefined) channel.name = name;
    res.json(buildChannel(channel));
  });

  // A bare `true` (contract 8.1).
  router.delete('/dm_channels/:id', manage, (req, res) => {
    store.channels.delete(channelOf(emulator, res, pathId(req)).id);
    res.json(true);
  });

  router.post('/dm_members', manage, (req, res) => {
    const body = parseBody(req, z.object({ channel_id: z.string(), user_id: z.string() }));
    const channel = channelOf(emulator, res, body.channel_id);
    const id = userId(body.user_id);
    channel.memberIds = [...new Set([...channel.memberIds, id])].sort();
    const member: Whop.DmMember = {
      id: `dmm_${channel.id.slice(5, 12)}${id.slice(5, 12)}`,
      channel_id: channel.id,
      user_id: id,
      last_viewed_at: null,
      notification_preference: 'all',
      status: 'accepted',
    };
    res.status(201).json(member);
  });

  return router;
}
