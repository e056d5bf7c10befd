import { Router } from 'express';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { addUser } from '../domain/people.ts';
import type { User } from '../records.ts';
import { ControlError, controlBody } from './body.ts';

const persona = z.strictObject({
  sub: z.string().startsWith('user_').optional(),
  email: z.email().nullish(),
  email_verified: z.boolean().optional(),
  name: z.string().nullish(),
  username: z.string().optional(),
});

/** Somebody who can sign in with Whop, with or without an e-mail address, proven or not. Known `sub`s are changed. */
export function peopleControl({ store }: Emulator): Router {
  const router = Router();

  router.get('/personas', (_req, res) => {
    res.json([...store.users.values()].filter((user) => user.persona).map(buildPersona));
  });

  router.post('/personas', (req, res) => {
    const { sub, email, email_verified: emailVerified, name, username } = controlBody(req, persona);
    const taken = [...store.users.values()].some((user) => user.username === username && user.id !== sub);
    if (taken) throw new ControlError(409, `The username ${username} is taken.`);
    const user = addUser(store, { id: sub, email, emailVerified, name, username, persona: true });
    res.status(201).json(buildPersona(user));
  });

  router.post('/tokens/expire', (_req, res) => {
    store.tokensValidFrom = new Date().toISOString();
    const past = new Date(0).toISOString();
    for (const access of store.accessTokens.values()) access.expiresAt = past;
    res.json({ expired: true });
  });

  return router;
}

const buildPersona = (user: User): Record<string, unknown> => ({
  sub: user.id,
  email: user.email,
  email_verified: user.emailVerified,
  name: user.name,
  username: user.username,
});
