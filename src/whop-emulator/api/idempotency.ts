import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Store } from '../store.ts';
import { badRequest, conflict } from './errors.ts';
import { callerOf } from './authentication.ts';
import { versionOf } from './versions.ts';

const KEEP_MS = 24 * 60 * 60 * 1000;

/** `Idempotency-Key` on every POST (contract 0.6): the first answer, 4xx included, is the answer for 24 hours. */
export const idempotency =
  (store: Store): RequestHandler =>
  (req, res, next) => {
    const key = req.get('idempotency-key');
    if (req.method !== 'POST' || !key) return next();
    if (Buffer.byteLength(key) > 255) throw badRequest('Idempotency-Key must be at most 255 bytes');

    forgetOld(store);
    const slot = `${callerOf(res).credential} ${key}`;
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([req.method, req.originalUrl, req.body ?? null, versionOf(req)]))
      .digest('base64url');
    const known = store.answers.get(slot);
    if (known && known.fingerprint !== fingerprint) {
      throw badRequest('This Idempotency-Key was already used with a different request');
    }
    if (known && !known.answer) {
      throw conflict('A request with this Idempotency-Key is still in progress');
    }
    if (known?.answer) {
      res.locals.replayed = true;
      res.status(known.answer.status).set('Idempotent-Replayed', 'true').type('json').send(known.answer.body);
      return;
    }

    const createdAt = new Date().toISOString();
    store.answers.set(slot, { fingerprint, answer: null, createdAt });
    const send = res.json.bind(res);
    res.json = (body) => {
      // A 5xx is no answer to keep: the same request may be tried again.
      if (res.statusCode >= 500) store.answers.delete(slot);
      else {
        const answer = { status: res.statusCode, body: JSON.stringify(body) };
        store.answers.set(slot, { fingerprint, answer, createdAt });
      }
      return send(body);
    };
    next();
  };

function forgetOld(store: Store): void {
  const oldest = new Date(Date.now() - KEEP_MS).toISOString();
  for (const [slot, { createdAt }] of store.answers) {
    if (createdAt >= oldest) return;
    store.answers.delete(slot);
  }
}
