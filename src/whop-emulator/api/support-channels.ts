import { Router } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { channelFor } from '../domain/chatting.ts';
import type { Channel } from '../records.ts';
import type { Store } from '../store.ts';
import { companyFor, permit } from './authentication.ts';
import { seesChannel } from './dm-channels.ts';
import { notFound } from './errors.ts';
import { page, pageQuery } from './lists.ts';
import { parseBody, parseQuery } from './parse.ts';

function buildSupportChannel(store: Store, channel: Channel): Whop.SupportChannel {
  const owner = store.companies.get(channel.companyId ?? '')?.ownerId;
  const customer = store.users.get(channel.memberIds.find((id) => id !== owner) ?? '');
  return {
    id: channel.id,
    company_id: channel.companyId,
    custom_name: channel.name,
    customer_user: customer ? { id: customer.id, name: customer.name, username: customer.username } : null,
    last_message_at: channel.lastMessageAt,
    resolved_at: null,
  };
}

export function supportChannels(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();

  router.post('/support_channels', permit(emulator, 'support_chat:message:create'), (req, res) => {
    const creation = z.object({ company_id: z.string(), user_id: z.string(), custom_name: z.string().nullish() });
    const body = parseBody(req, creation);
    const company = companyFor(emulator, res, body.company_id);
    if (!store.users.has(body.user_id)) throw notFound('User');
    const memberIds = [body.user_id, company.ownerId];
    const details = { kind: 'support' as const, companyId: company.id, memberIds, name: body.custom_name ?? null };
    res.status(201).json(buildSupportChannel(store, channelFor(store, details)));
  });

  router.get('/support_channels', permit(emulator, 'support_chat:read'), (req, res) => {
    const query = parseQuery(req, z.object({ ...pageQuery, company_id: z.string().optional() }));
    const found = [...store.channels.values()].filter(
      (channel) =>
        channel.kind === 'support' &&
        seesChannel(emulator, res, channel) &&
        (!query.company_id || channel.companyId === query.company_id),
    );
    res.json(
      page(
        found,
        query,
        (channel) => buildSupportChannel(store, channel),
        ({ createdAt }) => createdAt,
      ),
    );
  });

  return router;
}
