import { Router, type Response } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import type { User } from '../records.ts';
import { callerOf, companyFor, pathId } from './authentication.ts';
import { notFound } from './errors.ts';
import { parseBody } from './parse.ts';

const buildUser = (user: User): Whop.User => ({
  id: user.id,
  name: user.name,
  username: user.username,
  created_at: user.createdAt,
  balance: null,
  balance_history: null,
  bio: null,
  earnings_usd: null,
  profile_picture: null,
  verification: null,
  whop_partner_enabled_at: null,
});

export function users(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();

  /** By id, username or `me`, which is the person whose token it is. */
  const find = (res: Response, id: string): User => {
    const wanted = id === 'me' ? callerOf(res).userId : id;
    const user = [...store.users.values()].find((one) => one.id === wanted || one.username === wanted);
    if (!user) throw notFound('User');
    return user;
  };

  router.get('/users/:id', (req, res) => void res.json(buildUser(find(res, pathId(req)))));

  router.patch('/users/:id', (req, res) => {
    const user = find(res, pathId(req));
    const { name } = parseBody(req, z.object({ name: z.string().min(1).max(100).optional() }));
    user.name = name ?? user.name;
    res.json(buildUser(user));
  });

  router.get('/users/:id/access/:resource', (req, res) => {
    const user = find(res, pathId(req));
    const company = companyFor(emulator, res, pathId(req, 'resource'), 'Resource');
    const owns = company.ownerId === user.id;
    const answer: Whop.UserCheckAccessResponse = { access_level: owns ? 'admin' : 'no_access', has_access: owns };
    res.json(answer);
  });

  return router;
}
