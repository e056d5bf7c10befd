import { readFileSync } from 'node:fs';
import path from 'node:path';
import express, { Router } from 'express';
import { z } from 'zod';
import { authenticate, callerOf, companyFor, pathId, permit } from '../api/authentication.ts';
import { channelOf } from '../api/dm-channels.ts';
import { apiErrors, unknownRoute } from '../api/errors.ts';
import { buildMessage } from '../api/messages.ts';
import { parseBody, parseQuery } from '../api/parse.ts';
import { buildPayoutMethod } from '../api/payout-methods.ts';
import type { Emulator } from '../context.ts';
import { messagesOf } from '../domain/chatting.ts';
import { decideIdentity } from '../domain/identity.ts';
import { addPayoutMethod } from '../domain/withdrawing.ts';
import { html } from '../pages/html.ts';
import { sendPage } from '../pages/layout.ts';
import type { Message } from '../records.ts';

const WAIT_MS = 20_000;

const TYPES = [
  'verify-element',
  'status-banner-element',
  'balance-element',
  'withdraw-button-element',
  'withdraw-element',
  'withdrawals-element',
  'add-payout-method-element',
  'chat-element',
  'dms-list-element',
];

/** `window.WhopElements` and the frames it mounts (contract 9). Their token travels by message, never in an address. */
export function elements(emulator: Emulator, publicFolder: string): Router {
  const { store } = emulator;
  const router = Router();

  router.get('/release/elements.js', (_req, res) => {
    const script = readFileSync(path.join(publicFolder, 'elements.js'), 'utf8');
    // Between two ports of localhost anything stricter blocks it (contract D.8).
    res.set({ 'Cross-Origin-Resource-Policy': 'cross-origin', 'Cache-Control': 'no-cache' });
    res.type('text/javascript').send(script);
  });

  router.use('/elements/api', frameApi(emulator));

  router.get('/elements/:type', (req, res, next) => {
    const type = String(req.params.type);
    if (!TYPES.includes(type)) return next();
    const app = store.registration ? new URL(store.registration.appUrl).origin : '';
    const body = html`<div id="element" data-type="${type}" data-app="${app}"></div>`;
    sendPage(res, { title: type, body, scripts: ['element-frame.js'], frameAncestors: app || "'none'" });
  });

  return router;
}

/** What the frames need beyond the public API, guarded by the same tokens and actions. */
function frameApi(emulator: Emulator): Router {
  const { store, chat } = emulator;
  const router = Router();
  router.use(express.json(), authenticate(emulator));

  router.get('/companies/:id/identity', permit(emulator, 'payout:account:read'), (req, res) => {
    res.json({ status: companyFor(emulator, res, pathId(req)).identity.status });
  });

  router.post('/companies/:id/identity', permit(emulator, 'payout:account:update'), (req, res) => {
    const company = companyFor(emulator, res, pathId(req));
    const { status } = parseBody(
      req,
      z.object({ status: z.enum(['pending', 'approved', 'needs_action', 'rejected']) }),
    );
    decideIdentity(emulator, company, { status });
    res.json({ status });
  });

  router.post('/companies/:id/payout-methods', permit(emulator, 'payout:create_destination'), (req, res) => {
    const company = companyFor(emulator, res, pathId(req));
    const details = parseBody(req, z.object({ nickname: z.string().min(1), institutionName: z.string().min(1) }));
    res.status(201).json(buildPayoutMethod(addPayoutMethod(emulator, company, details)));
  });

  /** Messages after the one named; waits for the next when there is none yet. */
  router.get('/channels/:id/messages', permit(emulator, 'dms:read'), (req, res) => {
    const channel = channelOf(emulator, res, pathId(req));
    const { after } = parseQuery(req, z.object({ after: z.string().default('') }));
    const newer = (): Message[] => {
      const all = messagesOf(store, channel.id);
      return all.slice(all.findIndex(({ id }) => id === after) + 1);
    };
    const answer = (): void => {
      chat.off('message', onMessage).off('stop', answer);
      clearTimeout(timer);
      if (!res.writableEnded) res.json(newer().map((message) => buildMessage(store, message)));
    };
    const onMessage = (message: Message): void => {
      if (message.channelId === channel.id && message.userId !== callerOf(res).userId) answer();
    };
    const timer = setTimeout(answer, newer().length > 0 ? 0 : WAIT_MS);
    chat.on('message', onMessage).on('stop', answer);
    res.on('close', answer);
  });

  router.use(unknownRoute, apiErrors);
  return router;
}
