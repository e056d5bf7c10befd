import { rateLimit, type RateLimitRequestHandler } from 'express-rate-limit';
import type { Request } from 'express';
import { TooMany } from '../errors.ts';

const MINUTE = 60_000;

const limit = (options: {
  windowMs: number;
  limit: number;
  key: (request: Request) => string;
  message: string;
  /** The control of the form that comes back with what was typed; without it the answer is a page in words. */
  field?: string;
}): RateLimitRequestHandler =>
  rateLimit({
    windowMs: options.windowMs,
    limit: options.limit,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    keyGenerator: options.key,
    skip: (request) => options.key(request) === '',
    validate: { keyGeneratorIpFallback: false, ip: false },
    handler: (request, _response, next) => {
      if (!options.field) throw new TooMany(options.message);
      request.uploadRefused = { field: options.field, text: options.message, status: 429 };
      next();
    },
  });

const address = (request: Request): string => request.ip ?? 'unknown';
/** The account that is tried. Forms without an address are nobody's: they count for their network alone. */
const account = (request: Request): string =>
  String((request.body as { email?: unknown }).email ?? '')
    .toLowerCase()
    .slice(0, 254);

/** Whoever acts on an order: an account, or a guest by his link. */
const sender = (request: Request): string => ('id' in request.actor ? request.actor.id : '');
/** Only forms that may carry files. */
const sending = (key: (request: Request) => string) => (request: Request) => (request.parts ? key(request) : '');

export interface RateLimits {
  signIn: RateLimitRequestHandler[];
  signUp: RateLimitRequestHandler[];
  code: RateLimitRequestHandler[];
  reset: RateLimitRequestHandler[];
  proof: RateLimitRequestHandler[];
  security: RateLimitRequestHandler[];
  checkout: RateLimitRequestHandler[];
  pictures: RateLimitRequestHandler[];
  messages: RateLimitRequestHandler[];
  uploads: RateLimitRequestHandler[];
  token: RateLimitRequestHandler[];
  badSignature: (request: Request) => boolean;
}

/** One set per application, so that tests do not share counters. Each limit names the attack that it is for. */
export function createRateLimits(): RateLimits {
  const badSignatures = new Map<string, { count: number; until: number }>();
  return {
    // Password guessing: many accounts from one address, and one account from many addresses.
    signIn: [
      limit({
        windowMs: 15 * MINUTE,
        limit: 100,
        key: address,
        message: 'Too many tries from your network. Wait 15 minutes.',
      }),
      limit({
        windowMs: 15 * MINUTE,
        limit: 10,
        key: account,
        message: 'Too many tries for this account. Wait 15 minutes.',
      }),
    ],
    // Floods of accounts, and asking by sign-up which addresses exist.
    signUp: [
      limit({
        windowMs: 60 * MINUTE,
        limit: 60,
        key: address,
        message: 'Too many new accounts from your network. Wait an hour.',
      }),
    ],
    // Guessing the six digits of the second step.
    code: [
      limit({
        windowMs: 15 * MINUTE,
        limit: 10,
        key: (request) => request.session.secondStep?.userId ?? address(request),
        message: 'Too many codes. Wait 15 minutes.',
      }),
    ],
    // Filling somebody's mailbox with links, from one address or from many.
    reset: [
      limit({
        windowMs: 60 * MINUTE,
        limit: 30,
        key: address,
        message: 'Too many mails asked for from your network. Wait an hour.',
      }),
      limit({
        windowMs: 60 * MINUTE,
        limit: 5,
        key: account,
        message: 'Too many mails asked for with this address. Wait an hour.',
      }),
    ],
    // Guessing the secret of a mailed link.
    proof: [limit({ windowMs: 15 * MINUTE, limit: 60, key: address, message: 'Too many tries. Wait 15 minutes.' })],
    // Guessing the password of somebody who left his browser open.
    security: [
      limit({
        windowMs: 15 * MINUTE,
        limit: 20,
        key: (request) => request.person?.id ?? address(request),
        message: 'Too many tries. Wait 15 minutes.',
      }),
    ],
    // Filling a seller's queue with checkouts that nobody pays.
    checkout: [
      limit({
        windowMs: 10 * MINUTE,
        limit: 60,
        key: (request) => request.person?.id ?? address(request),
        message: 'Too many checkouts. Wait ten minutes.',
      }),
    ],
    // Keeping the processor busy with pictures, and filling the store with them.
    pictures: [
      limit({
        windowMs: 10 * MINUTE,
        limit: 60,
        key: (request) => request.person?.id ?? address(request),
        message: 'Too many pictures. Wait ten minutes.',
      }),
    ],
    // Burying somebody in messages, from one account or from many.
    messages: [
      limit({
        windowMs: 10 * MINUTE,
        limit: 300,
        key: address,
        message: 'Too many messages from your network. Wait ten minutes, then send it again.',
        field: 'body',
      }),
      limit({
        windowMs: 10 * MINUTE,
        limit: 60,
        key: sender,
        message: 'Too many messages. Wait ten minutes, then send it again.',
        field: 'body',
      }),
    ],
    // Filling the store with files of orders: ten of 25 MB with each form.
    uploads: [
      limit({
        windowMs: 10 * MINUTE,
        limit: 200,
        key: sending(address),
        message: 'Too many forms with files from your network. Wait ten minutes, then send it again.',
        field: 'files',
      }),
      limit({
        windowMs: 10 * MINUTE,
        limit: 40,
        key: sending(sender),
        message: 'Too many forms with files. Wait ten minutes, then send it again.',
        field: 'files',
      }),
    ],
    // A page that asks for tokens in a loop, at our expense at Whop.
    token: [
      limit({
        windowMs: MINUTE,
        limit: 120,
        key: (request) => request.person?.id ?? address(request),
        message: 'Too many tokens. Wait a minute.',
      }),
    ],
    // Guessing the webhook secret. Good signatures are never limited.
    badSignature: (request) => {
      const key = address(request);
      const now = Date.now();
      const entry = badSignatures.get(key);
      if (!entry || entry.until < now) {
        if (badSignatures.size > 10_000) badSignatures.clear();
        badSignatures.set(key, { count: 1, until: now + MINUTE });
        return false;
      }
      entry.count += 1;
      return entry.count > 300;
    },
  };
}
