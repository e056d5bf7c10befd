import { clock } from '../clock.ts';
import type { Connection } from './connection.ts';

/** What the payout elements may do with a seller's token (contract section 7). Never left out: see original defect 29. */
export const PAYOUT_ACTIONS = [
  'company:balance:read',
  'payout:account:read',
  'payout:account:update',
  'payout:withdraw_funds',
  'payout:withdrawal:read',
  'payout:transfer:read',
  'payout:transfer:export',
  'payout:destination:read',
  'payout:create_destination',
  'payout:update_destination',
  'payout:delete_destination',
];

export const CHAT_ACTIONS = [
  'chat:read',
  'chat:message:create',
  'dms:read',
  'dms:message:manage',
  'dms:channel:manage',
];

/** A token is not handed out any more when this little of its life is left. */
const MARGIN = 5 * 60_000;
const MOST = 5_000;

export interface AccessToken {
  token: string;
  expiresAt: string;
}

export interface AccessTokens {
  /** For the seller's own elements. @param fresh the one given before has ended early */
  payoutsToken(companyId: string, fresh?: boolean): Promise<AccessToken>;
  /** For the chat of one person, by his `sub`, in the platform's own inbox (contract 8.2, first way). */
  chatToken(sub: string, fresh?: boolean): Promise<AccessToken>;
}

interface Entry {
  answer: Promise<AccessToken>;
  endsAt: number;
}

/** @param chat the connection of the key that may manage chats, where that is another one (contract 0.8) */
export function accessTokens(connection: Connection, chat: Connection): AccessTokens {
  const platform = connection.config.whop.platformCompanyId;
  const kept = new Map<string, Entry>();

  /** Several elements of one page ask at the same moment: they share one question to Whop and its answer. */
  function keep(key: string, fresh: boolean, create: () => Promise<AccessToken>): Promise<AccessToken> {
    const now = clock.now().getTime();
    const known = kept.get(key);
    if (known && !fresh && known.endsAt > now) return known.answer;
    if (kept.size >= MOST) for (const [name, { endsAt }] of kept) if (endsAt <= now) kept.delete(name);
    if (kept.size >= MOST) kept.clear();
    const entry: Entry = { answer: create(), endsAt: now + MARGIN };
    kept.set(key, entry);
    entry.answer.then(
      ({ expiresAt }) => (entry.endsAt = Date.parse(expiresAt) - MARGIN),
      () => kept.get(key) === entry && kept.delete(key),
    );
    return entry.answer;
  }

  const create = async (
    { sdk, ask }: Connection,
    who: { company_id: string; user_id?: string },
    actions: string[],
  ): Promise<AccessToken> => {
    const { token, expires_at } = await ask('accessTokens.create', () =>
      sdk.accessTokens.create({ ...who, scoped_actions: actions }),
    );
    return { token, expiresAt: expires_at };
  };

  return {
    payoutsToken: (companyId, fresh = false) =>
      keep(`payouts:${companyId}`, fresh, () => create(connection, { company_id: companyId }, PAYOUT_ACTIONS)),
    chatToken: (sub, fresh = false) =>
      keep(`chat:${sub}`, fresh, () => create(chat, { company_id: platform, user_id: sub }, CHAT_ACTIONS)),
  };
}
