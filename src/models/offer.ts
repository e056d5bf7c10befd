import type { Transaction } from '../database.ts';
import { clock } from '../clock.ts';
import { Conflict, NotFound } from '../errors.ts';

/** What a seller offers one buyer besides the packages of a gig; it becomes an order when it is paid (product.md section 4). */
export interface Offer {
  id: string;
  conversation_id: string;
  gig_id: string;
  seller_id: string;
  buyer_id: string;
  title: string;
  description: string;
  price_cents: number;
  days: number;
  revisions: number;
  status: 'open' | 'withdrawn' | 'declined' | 'accepted';
  order_id: string | null;
  expires_at: Date;
  answered_at: Date | null;
  created_at: Date;
}

export interface OfferInput {
  title: string;
  description: string;
  /** In cents. */
  price: number;
  days: number;
  revisions: number;
}

/** How long an offer can be accepted; the database says until when. */
export const OFFER_OPEN_FOR_DAYS = 14;

export const isOpen = (offer: Pick<Offer, 'status' | 'expires_at'>): boolean =>
  offer.status === 'open' && offer.expires_at > clock.now();

/** @throws Conflict saying why it can no longer be accepted, declined or withdrawn */
export function requireOpen(offer: Pick<Offer, 'status' | 'expires_at'>): void {
  if (isOpen(offer)) return;
  const reason =
    offer.status === 'open'
      ? `It stood for ${OFFER_OPEN_FOR_DAYS} days, and they are over.`
      : `It was ${offer.status}.`;
  throw new Conflict(`This offer is no longer open. ${reason} Nothing was charged.`);
}

/** @throws NotFound for everybody but its two sides, an admin among them */
export async function findOffer(trx: Transaction, id: string, userId: string): Promise<Offer> {
  const offer = await trx<Offer>('offers').where({ id }).first();
  if (!offer || ![offer.seller_id, offer.buyer_id].includes(userId)) throw new NotFound();
  return offer;
}

export const newestOffer = (trx: Transaction, conversationId: string): Promise<Offer | undefined> =>
  trx<Offer>('offers').where({ conversation_id: conversationId }).orderBy('created_at', 'desc').first();

/** The gig of a conversation while it is on sale. @throws Conflict when it is not */
export async function gigToOffer(trx: Transaction, conversationId: string): Promise<{ gig_id: string; title: string }> {
  const gig = await trx('conversations as c')
    .join('gig_listings as l', 'l.gig_id', 'c.gig_id')
    .where('c.id', conversationId)
    .first<{ gig_id: string; title: string } | undefined>('l.gig_id', 'l.title');
  if (!gig) throw new Conflict('This gig is not on sale just now, so nothing can be offered here.');
  return gig;
}

/** @throws Conflict while another offer is open in this conversation */
export async function makeOffer(
  trx: Transaction,
  id: string,
  thread: { id: string; seller_id: string; buyer_id: string },
  gigId: string,
  input: OfferInput,
): Promise<void> {
  await trx('offers')
    .where({ conversation_id: thread.id, status: 'open' })
    .whereRaw('expires_at <= app_now()')
    .update({ status: 'withdrawn' });
  const { title, description, price, days, revisions } = input;
  const made = await trx('offers')
    .insert({
      ...{ id, conversation_id: thread.id, gig_id: gigId, seller_id: thread.seller_id, buyer_id: thread.buyer_id },
      ...{ title, description, price_cents: price, days, revisions },
    })
    .onConflict()
    .ignore();
  if ((made as unknown as { rowCount: number }).rowCount === 0) throw anotherOpen();
}

export const anotherOpen = (): Conflict =>
  new Conflict('An offer is open here already. Withdraw it before you make another.');

/** Ends an open offer without an order. @throws Conflict when it is not open any more */
export async function endOffer(trx: Transaction, offer: Offer, status: 'withdrawn' | 'declined'): Promise<void> {
  requireOpen(offer);
  await trx('offers').where({ id: offer.id }).update({ status });
}

/** Locks an offer whose payment has arrived, as the system. @returns whether it may still become an order */
export async function lockUnpaid(trx: Transaction, id: string): Promise<boolean> {
  const offer = await trx<Offer>('offers').where({ id }).forUpdate().first('status');
  return offer?.status !== 'accepted';
}

export const acceptOffer = (trx: Transaction, id: string, orderId: string): Promise<number> =>
  trx('offers').where({ id }).update({ status: 'accepted', order_id: orderId });
