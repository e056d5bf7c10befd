import type { Transaction } from '../database.ts';
import { Forbidden, NotFound, Unavailable, WhopFailure } from '../errors.ts';
import type { Services } from '../services.ts';
import type { ChatMessage } from '../whop/chat.ts';
import type { WhopIdentityRow } from './whop-identity.ts';

interface Sides {
  id: string;
  buyer_id: string | null;
  seller_id: string;
}

/** How the two sides of an order stand with Whop, from order_whop_chat(); null for a guest's order. */
export interface WhopChatState {
  buyer_linked: boolean;
  seller_linked: boolean;
  channel_id: string | null;
}

/** Which way an order's two sides can talk: Whop's chat, or the thread and who would have to connect for more. */
export type OrderChat = { kind: 'whop'; channelId: string } | { kind: 'thread'; missing: ('buyer' | 'seller')[] };

export async function whopChatState(trx: Transaction, orderId: string): Promise<WhopChatState | null> {
  const { rows } = await trx.raw<{ rows: { state: WhopChatState | null }[] }>('select order_whop_chat(?) as state', [
    orderId,
  ]);
  return rows[0]?.state ?? null;
}

/**
 * The chat of an order's two sides. Opens their channel at Whop when it is the first time; when Whop will not or does not
 * answer, the thread is there as always. Outside any transaction.
 * @param state what order_whop_chat() told the asker
 */
export async function chatFor(services: Services, order: Sides, state: WhopChatState | null): Promise<OrderChat> {
  if (!state || !order.buyer_id) return { kind: 'thread', missing: [] };
  const missing = [
    ...(state.buyer_linked ? [] : ['buyer' as const]),
    ...(state.seller_linked ? [] : ['seller' as const]),
  ];
  if (missing.length > 0) return { kind: 'thread', missing };
  const channelId = state.channel_id ?? (await openChannel(services, order.buyer_id, order.seller_id));
  return channelId ? { kind: 'whop', channelId } : { kind: 'thread', missing: [] };
}

async function openChannel({ database, whop, logger }: Services, buyerId: string, sellerId: string) {
  const pair = { buyer_id: buyerId, seller_id: sellerId };
  try {
    const identities = await database.withSystem('sign-in', (trx) =>
      trx<WhopIdentityRow>('whop_identities').whereIn('user_id', [buyerId, sellerId]).select('sub', 'user_id'),
    );
    const sub = (id: string) => identities.find(({ user_id }) => user_id === id)?.sub;
    const buyer = sub(buyerId);
    const seller = sub(sellerId);
    if (!buyer || !seller) return null;
    const channelId = await whop.createDmChannel([buyer, seller]);
    await database.withSystem('sign-in', (trx) =>
      trx('whop_dm_channels')
        .insert({ ...pair, channel_id: channelId })
        .onConflict(['buyer_id', 'seller_id'])
        .ignore(),
    );
    return channelId;
  } catch (error) {
    if (!(error instanceof Unavailable || error instanceof NotFound || error instanceof Forbidden)) throw error;
    const { status, requestId, whopMessage } = error as Partial<WhopFailure>;
    logger.warn({ err: error, status, requestId, reason: whopMessage, ...pair }, 'no chat at Whop for this pair');
    return null;
  }
}

/**
 * Tells the other side of a pair that a message came in Whop's chat, on their newest order, as the system actor. One unread
 * notification is enough, however many messages follow, and a message that is told twice counts once.
 */
export const tellOfChat = (trx: Transaction, message: ChatMessage): Promise<unknown> =>
  trx.raw(
    `insert into notifications (user_id, kind, order_id, data, created_at)
     select side.other, 'message', o.id, jsonb_build_object('role', side.role, 'whop_message', ?::text), app_now()
     from whop_dm_channels c
     join whop_identities w on w.sub = ? and w.user_id in (c.buyer_id, c.seller_id)
     cross join lateral (select case when w.user_id = c.buyer_id then c.seller_id else c.buyer_id end as other,
       case when w.user_id = c.buyer_id then 'seller' else 'buyer' end as role) side
     join lateral (select id from orders where buyer_id = c.buyer_id and seller_id = c.seller_id
       order by created_at desc, id limit 1) o on true
     where c.channel_id = ? and not exists (select 1 from notifications n
       where n.user_id = side.other and n.kind = 'message'
         and (n.data ->> 'whop_message' = ? or (n.order_id = o.id and n.read_at is null)))`,
    [message.id, message.from, message.channelId, message.id],
  );
