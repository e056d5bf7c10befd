import type { Request, RequestHandler, Response } from 'express';
import { EMULATOR_CREDENTIALS } from '../credentials.ts';
import type { Emulator } from '../context.ts';
import type { Company } from '../records.ts';
import { forbidden, notFound, unauthorized } from './errors.ts';

/** Who calls: a company's API key, a user's OAuth token, or a token made for an embed (contract 7). */
export interface Caller {
  credential: string;
  companyId: string | null;
  userId: string | null;
  /** Null for a key, which may do everything that has not been denied to it. */
  actions: string[] | null;
}

const PLATFORM: Caller = {
  credential: 'platform-key',
  companyId: EMULATOR_CREDENTIALS.platformCompanyId,
  userId: null,
  actions: null,
};

export const authenticate =
  ({ store, keys }: Emulator): RequestHandler =>
  async (req, res, next) => {
    const [scheme, token] = (req.get('authorization') ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token) throw unauthorized();
    res.locals.caller = await identify(token);
    next();

    async function identify(secret: string): Promise<Caller> {
      if (secret === EMULATOR_CREDENTIALS.apiKey) return PLATFORM;
      const key = store.apiKeys.get(secret);
      if (key) return { credential: key.id, companyId: key.companyId, userId: null, actions: null };
      const access = store.accessTokens.get(secret);
      if (access && access.expiresAt > new Date().toISOString()) {
        return { credential: access.userId, companyId: null, userId: access.userId, actions: access.scope.split(' ') };
      }
      const embed = await keys.readEmbedToken(secret, store.tokensValidFrom);
      if (!embed) throw unauthorized();
      return { credential: secret, ...embed };
    }
  };

export const callerOf = (res: Response): Caller => res.locals.caller as Caller;

/** Refuses with Whop's 403, which names the action, when the caller lacks it. */
export const permit =
  ({ store }: Emulator, ...actions: string[]): RequestHandler =>
  (_req, res, next) => {
    const { actions: granted } = callerOf(res);
    for (const action of actions) {
      const denied = granted ? !granted.includes(action) : store.faults.permissions.denied?.includes(action);
      if (denied) throw forbidden(action);
    }
    next();
  };

/** Whether the caller may act on this company: its own, or a child of it. */
export function reaches({ store }: Emulator, res: Response, companyId: string | null): boolean {
  const { companyId: own } = callerOf(res);
  if (!own || !companyId) return false;
  return own === companyId || store.companies.get(companyId)?.parentId === own;
}

/** The company, or 404: a foreign one looks like none at all (contract 0.5). */
export function companyFor(emulator: Emulator, res: Response, id: string, what = 'Company'): Company {
  const company = emulator.store.companies.get(id);
  if (!company || !reaches(emulator, res, id)) throw notFound(what);
  return company;
}

/** A record of a company that the caller reaches, or 404. */
export function recordFor<Item extends { companyId: string | null }>(
  emulator: Emulator,
  res: Response,
  map: Map<string, Item>,
  id: string,
  what: string,
): Item {
  const item = map.get(id);
  if (!item || !reaches(emulator, res, item.companyId)) throw notFound(what);
  return item;
}

export const pathId = (req: Request, name = 'id'): string => String(req.params[name]);
