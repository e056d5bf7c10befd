import { randomUUID } from 'node:crypto';
import { requestRefund, type FeePolicy } from '../../src/models/refund.ts';
import { findListing, freezeCheckout, type CheckoutRow } from '../../src/models/checkout.ts';
import { reconcile } from '../../src/jobs/reconcile.ts';
import { convergeCheckout } from '../../src/money/convergence.ts';
import { openAtWhop } from '../../src/money/open-checkout.ts';
import { priceOrder } from '../../src/money/price.ts';
import { clock } from '../../src/clock.ts';
import type { TestApp } from './app.ts';
import { eventually } from './eventually.ts';
import type { Shop } from './shop.ts';

// Rows are compared as they are read, whatever the table.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Row = Record<string, any>;

/** What stands in a table, past all policies. */
export const rows = (app: TestApp, table: string, where: object = {}, order = 'created_at'): Promise<Row[]> =>
  app.database.withSystem('jobs', (trx) => trx(table).where(where).orderBy(order));

export const row = async (app: TestApp, table: string, where: object): Promise<Row> => {
  const found = (await app.database.withSystem('jobs', (trx) => trx(table).where(where)))[0];
  if (!found) throw new Error(`No row in ${table}: ${JSON.stringify(where)}`);
  return found;
};

/** Ada, without the sign-up form. */
export async function makeBuyer(app: TestApp, name = 'Ada Marlowe'): Promise<string> {
  const id = randomUUID();
  const handle = `${name.split(' ')[0]!.toLowerCase()}-${id.slice(0, 8)}`;
  await app.database.withSystem('seeds', async (trx) => {
    await trx('users').insert({ id, email: `${handle}@gigflow.test`, password_hash: 'none' });
    await trx('profiles').insert({ user_id: id, username: handle, display_name: name });
  });
  return id;
}

export async function makeAdmin(app: TestApp, name = 'Mina Okafor'): Promise<string> {
  const id = await makeBuyer(app, name);
  await app.database.withSystem('seeds', (trx) => trx('users').where({ id }).update({ role: 'admin' }));
  return id;
}

/** A frozen purchase with its checkout at Whop: the one-page menu for $45.00 unless said otherwise. */
export async function checkOut(
  app: TestApp,
  shop: Shop,
  buyerId: string,
  { tier = 'basic' as 'basic' | 'standard', feeBps = 1_000 } = {},
): Promise<CheckoutRow> {
  const id = await app.database.withSystem('checkout', async (trx) => {
    const listing = (await findListing(trx, { gig_id: shop.gigId }))!;
    const priced = priceOrder(listing.doc, { tier, quantity: 1, extras: {} });
    if ('errors' in priced) throw new Error('The shop does not sell this');
    const buyer = { buyer_id: buyerId, guest_buyer_id: null };
    return freezeCheckout(trx, { buyer, listing, purchase: priced.purchase, feeBps, formKey: randomUUID() });
  });
  await openAtWhop(app.services, (await row(app, 'whop_checkout_configs', { id })) as CheckoutRow);
  return (await row(app, 'whop_checkout_configs', { id })) as CheckoutRow;
}

/** A checkout for an order that stands, for a post, or for an accepted offer. */
export async function checkOutMore(
  app: TestApp,
  first: CheckoutRow,
  purpose: CheckoutRow['purpose'],
  change: object,
): Promise<CheckoutRow> {
  const id = randomUUID();
  const { created_at: _created, ...frozen } = first;
  await app.database.withSystem('checkout', (trx) =>
    trx('whop_checkout_configs').insert({
      ...frozen,
      id,
      purpose,
      scope: JSON.stringify(frozen.scope),
      status: 'creating',
      whop_checkout_id: null,
      whop_plan_id: null,
      purchase_url: null,
      form_key: randomUUID(),
      checked_at: null,
      updated_at: new Date(),
      ...change,
    }),
  );
  await openAtWhop(app.services, (await row(app, 'whop_checkout_configs', { id })) as CheckoutRow);
  return (await row(app, 'whop_checkout_configs', { id })) as CheckoutRow;
}

export interface Bought {
  checkout: CheckoutRow;
  orderId: string;
  paymentId: string;
  whopPaymentId: string;
  buyerId: string;
}

/** Ada buys and pays. */
export async function buy(
  app: TestApp,
  shop: Shop,
  options: Parameters<typeof checkOut>[3] & { buyerId?: string } = {},
): Promise<Bought> {
  const buyerId = options.buyerId ?? (await makeBuyer(app));
  const checkout = await checkOut(app, shop, buyerId, options);
  const paid = await app.emulator.pay(checkout.whop_checkout_id!);
  await convergeCheckout(app.services, checkout.id);
  const payment = await row(app, 'whop_payments', { whop_payment_id: paid.id });
  return { checkout, orderId: payment.order_id, paymentId: payment.id, whopPaymentId: paid.id, buyerId };
}

/** An admin sends part (or all, null) of an order's money back. */
export const askRefund = (app: TestApp, orderId: string, amountCents: number | null, feePolicy: FeePolicy = 'return') =>
  app.database.withSystem('whop', (trx) =>
    requestRefund(trx, { orderId, amountCents, cause: 'admin', feePolicy, reason: 'Agreed with both' }),
  );

/** The ledger of an order as `cause account amount` lines. */
export async function ledgerOf(app: TestApp, where: object): Promise<string[]> {
  const entries = await rows(app, 'ledger_entries', where);
  return entries.map((entry) => `${entry.cause} ${entry.account} ${entry.amount_cents}`).sort();
}

/** Runs the sweeper as it would run `minutes` from now. */
export async function sweep(app: TestApp, minutes = 15): Promise<{ checked: number; failed: number }> {
  clock.set(new Date(Date.now() + minutes * 60_000));
  try {
    return await reconcile(app.services);
  } finally {
    clock.set(null);
  }
}

/** Waits until no event, refund or fee return of ours waits. */
export const quiet = (app: TestApp, patience = 10_000): Promise<void> =>
  eventually(async () => {
    await app.emulator.call('POST', '/control/webhooks/settle');
    const waiting = [
      ...(await rows(app, 'webhook_events', { status: 'pending' }, 'received_at')),
      ...(await rows(app, 'refunds', { status: 'requested' })),
      ...(await rows(app, 'refunds', { status: 'pending' })),
      ...(await rows(app, 'fee_returns', { status: 'requested' })),
    ];
    if (waiting.length) throw new Error(`Still waiting: ${JSON.stringify(waiting.slice(0, 3))}`);
  }, patience);
