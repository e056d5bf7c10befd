import type { OrderStatus } from '../../src/models/order/order-process.ts';
import type { Transaction } from '../../src/database.ts';
import { people } from '../story/people.ts';
import type { OrderStory } from '../story/types.ts';
import { attach } from './files.ts';
import { storyId } from './ids.ts';
import type { Purchase } from './purchases.ts';
import { personId, type Speaker } from './stage.ts';

export type Act = OrderStory['acts'][number];

/** Who does it: the story only says so where both sides could. */
export function doer(act: Act, purchase: Purchase): Speaker {
  // Statements and replies are written by functions of the site that run as the system.
  if (act.does === 'statement' || act.does === 'reply') return 'system';
  if (act.does === 'resolve_refund') return { admin: 'mina' };
  const side = 'by' in act ? act.by : act.does === 'deliver' || act.does === 'draft' ? 'seller' : 'buyer';
  return { person: side === 'seller' ? purchase.gig.seller : purchase.buyer };
}

/** Does one act of an order as its doer, with the rows that the site would write for it. `number` is the act's place in the order. */
export async function perform(trx: Transaction, purchase: Purchase, act: Act, number: number): Promise<void> {
  const order_id = purchase.orderId;
  const key = `${purchase.key}/${number}`;
  switch (act.does) {
    case 'brief':
      await answer(trx, purchase, act.answers);
      return transition(trx, purchase, 'submit_requirements');
    case 'deliver': {
      const id = storyId('delivery', key);
      await trx('order_deliveries').insert({
        id,
        order_id,
        number: await nextDelivery(trx, order_id),
        message: act.message,
        links: act.links ?? [],
      });
      for (const file of act.files ?? [])
        await attach(trx, file, { key, order_id, delivery_id: id, owner_id: personId(purchase.gig.seller) });
      return transition(trx, purchase, 'deliver');
    }
    case 'message':
      await trx('order_messages').insert({
        id: storyId('message', key),
        order_id,
        sender_id: personId(act.by === 'seller' ? purchase.gig.seller : purchase.buyer),
        body: act.body,
      });
      return;
    case 'draft':
      await trx('order_delivery_drafts').insert({ order_id, message: act.message });
      return;
    case 'review':
      return review(trx, purchase, act.by, act.rating, act.body);
    case 'reply':
      await trx('reviews')
        .where({ order_id, author_role: 'buyer' })
        .update({ reply: act.body, replied_at: trx.raw('app_now()') });
      return;
    case 'statement':
      return state(trx, purchase, act.by, act.body, key);
    default:
      return transition(trx, purchase, act.does, 'reason' in act ? act.reason : null);
  }
}

/** Sends an order on its way through the only door there is. */
async function transition(
  trx: Transaction,
  { orderId }: Purchase,
  name: string,
  reason: string | null = null,
): Promise<void> {
  const order = await trx('orders').where({ id: orderId }).first<{ status: OrderStatus }>('status');
  await trx.raw('select order_transition(?, ?, ?, ?)', [orderId, name, order.status, reason]);
}

async function answer(trx: Transaction, purchase: Purchase, answers: Record<string, string | string[]>): Promise<void> {
  for (const [label, value] of Object.entries(answers)) {
    const changed = await trx('order_requirements')
      .where({ order_id: purchase.orderId, label })
      .update({ answer: JSON.stringify(value), answered_at: trx.raw('app_now()') });
    if (changed !== 1) throw new Error(`${purchase.key}: nobody asked "${label}"`);
  }
}

async function state(
  trx: Transaction,
  purchase: Purchase,
  by: 'buyer' | 'seller',
  body: string,
  key: string,
): Promise<void> {
  const dispute = await trx('disputes')
    .where({ order_id: purchase.orderId, status: 'open' })
    .first<{ id: string }>('id');
  await trx('dispute_statements').insert({
    id: storyId('statement', key),
    dispute_id: dispute.id,
    author_id: personId(by === 'buyer' ? purchase.buyer : purchase.gig.seller),
    author_role: by,
    body,
  });
}

async function nextDelivery(trx: Transaction, order_id: string): Promise<number> {
  const [row] = await trx('order_deliveries').where({ order_id }).count({ n: '*' });
  return Number(row?.n ?? 0) + 1;
}

async function review(
  trx: Transaction,
  purchase: Purchase,
  by: 'buyer' | 'seller',
  rating: number,
  body: string,
): Promise<void> {
  const [author, subject] =
    by === 'buyer' ? [purchase.buyer, purchase.gig.seller] : [purchase.gig.seller, purchase.buyer];
  await trx('reviews').insert({
    id: storyId('review', `${purchase.key}/${by}`),
    order_id: purchase.orderId,
    author_role: by,
    author_id: personId(author),
    author_name: people.find(({ username }) => username === author)?.displayName ?? author,
    subject_id: personId(subject),
    gig_id: storyId('gig', purchase.gig.key),
    rating,
    body,
  });
}
