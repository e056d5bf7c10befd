import { randomUUID } from 'node:crypto';
import type { Offer } from '../../src/models/offer.ts';
import { asSystem } from './orders.ts';

interface Gig {
  gigId: string;
  sellerId: string;
}

/** A conversation about a gig, with nothing written in it. */
export async function openThread(app: Parameters<typeof asSystem>[0], gig: Gig, buyerId: string): Promise<string> {
  const id = randomUUID();
  await asSystem(app, (trx) =>
    trx('conversations').insert({ id, buyer_id: buyerId, seller_id: gig.sellerId, gig_id: gig.gigId }),
  );
  return id;
}

/** Noor offers two signs for $20.00, in a conversation of their own unless one is named. */
export async function makeOffer(
  app: Parameters<typeof asSystem>[0],
  gig: Gig,
  buyerId: string,
  change: Partial<Offer> = {},
): Promise<string> {
  const id = randomUUID();
  const conversation_id = change.conversation_id ?? (await openThread(app, gig, buyerId));
  await asSystem(app, (trx) =>
    trx('offers').insert({
      ...{ id, conversation_id, gig_id: gig.gigId, seller_id: gig.sellerId, buyer_id: buyerId },
      ...{ title: 'Two signs', description: 'Two signs for the door', price_cents: 2_000, days: 9, revisions: 4 },
      ...change,
    }),
  );
  return id;
}
