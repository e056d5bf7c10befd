import type { Knex } from 'knex';
import { populate } from '../src/whop-emulator/domain/people.ts';
import { Store } from '../src/whop-emulator/store.ts';
import { systemSession } from '../src/migrations.ts';
import { whopId } from './steps/ids.ts';
import { people } from './story/people.ts';
import { addSale, addSeller, type Sale, type Seller } from './whop-records.ts';

/**
 * Tells the Whop emulator what the seeds say happened there: companies whose identity is checked, payout methods, payments and
 * refunds. Writes the file that the emulator reads at its start; sellers whom that file knows already are left alone.
 */
export async function tellWhop(databaseUrl: string, stateFile: string): Promise<void> {
  const store = new Store(stateFile);
  populate(store);
  const session = systemSession(databaseUrl);
  try {
    const unknown = (await sellers(session)).filter(({ username }) => !store.companies.has(whopId('biz', username)));
    for (const seller of unknown) {
      addSeller(store, seller);
      for (const sale of await sales(session, seller)) addSale(store, whopId('biz', seller.username), sale);
    }
    if (unknown.length > 0) store.save();
  } finally {
    await session.destroy();
  }
}

const sellers = (session: Knex): Promise<Seller[]> =>
  session('seller_accounts as a')
    .join('users as u', 'u.id', 'a.user_id')
    .join('profiles as p', 'p.user_id', 'a.user_id')
    .whereIn(
      'a.whop_company_id',
      people.map(({ username }) => whopId('biz', username)),
    )
    .orderBy('a.created_at')
    .select({
      username: 'p.username',
      id: 'u.id',
      email: 'u.email',
      title: 'a.company_title',
      country: 'a.country',
      createdAt: 'a.created_at',
    });

const sales = (session: Knex, seller: Seller): Promise<Sale[]> =>
  session('whop_payments as p')
    .join('whop_checkout_configs as c', 'c.id', 'p.checkout_id')
    .join('users as u', 'u.id', 'c.buyer_id')
    .join('profiles as b', 'b.user_id', 'c.buyer_id')
    .leftJoin('refunds as r', 'r.payment_id', 'p.id')
    .leftJoin('fee_returns as f', 'f.refund_id', 'r.id')
    .where('c.seller_id', seller.id)
    .orderBy('p.paid_at')
    .select({
      checkoutId: 'c.id',
      whopCheckoutId: 'c.whop_checkout_id',
      planId: 'c.whop_plan_id',
      title: session.raw(`c.scope ->> 'title'`),
      gigId: 'c.gig_id',
      paymentId: 'p.whop_payment_id',
      currency: 'p.currency',
      totalCents: 'p.total_cents',
      feeCents: 'p.fee_cents',
      buyerEmail: 'u.email',
      buyerName: 'b.display_name',
      at: 'p.paid_at',
      refundId: 'r.whop_refund_id',
      refundedAt: 'r.created_at',
      transferId: 'f.whop_transfer_id',
    });
