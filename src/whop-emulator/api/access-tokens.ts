import { Router } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { companyFor } from './authentication.ts';
import { forbidden, invalidParameter, missingParameter, notFound } from './errors.ts';
import { parseBody } from './parse.ts';

const DEFAULT_MS = 60 * 60 * 1000;
const LONGEST_MS = 3 * DEFAULT_MS;

const creation = z.object({
  company_id: z.string().nullish(),
  account_id: z.string().nullish(),
  user_id: z.string().nullish(),
  scoped_actions: z.array(z.string()).nullish(),
  expires_at: z.iso.datetime({ offset: true }).nullish(),
});

/** Tokens for embeds (contract 7). Without a list of actions a token allows nothing, as a live demo found. */
export function accessTokens(emulator: Emulator): Router {
  const { store, keys } = emulator;
  const router = Router();

  router.post('/access_tokens', async (req, res) => {
    const body = parseBody(req, creation);
    const companyId = body.company_id ?? body.account_id ?? null;
    if (!companyId && !body.user_id) throw missingParameter('company_id');
    if (companyId) companyFor(emulator, res, companyId);
    if (body.user_id && !store.users.has(body.user_id)) throw notFound('User');

    const actions = body.scoped_actions ?? [];
    const denied = actions.find((action) => store.faults.permissions.denied?.includes(action));
    if (denied) throw forbidden(denied);

    const now = Date.now();
    const expiresAt = new Date(body.expires_at ?? now + DEFAULT_MS);
    if (expiresAt.getTime() > now + LONGEST_MS + 60_000 || expiresAt.getTime() <= now) {
      throw invalidParameter('expires_at', 'Access tokens live for at most 3 hours');
    }
    const token = await keys.embedToken({ companyId, userId: body.user_id ?? null, actions }, expiresAt);
    const answer: Whop.AccessTokenCreateResponse = { token, expires_at: expiresAt.toISOString() };
    res.status(201).json(answer);
  });

  return router;
}
