import { convergeCheckout } from '../../src/money/convergence.ts';
import type { TestApp } from './app.ts';
import { visit } from './client.ts';
import { checkOut, makeBuyer, quiet, rows } from './money.ts';
import type { Shop } from './shop.ts';

/** A payment whose every way of telling us comes at the same moment. @returns what it made */
export async function payAndReturnTogether(app: TestApp, shop: Shop): Promise<Record<string, number>> {
  await app.emulator.faults({ webhooks: { duplicate: 2 } });
  const checkout = await checkOut(app, shop, await makeBuyer(app));
  const someone = visit(app);
  const path = `/checkout/complete?checkout=${checkout.id}`;
  await app.emulator.pay(checkout.whop_checkout_id!);
  await Promise.all([
    ...Array.from({ length: 3 }, () => someone.get(path)),
    ...Array.from({ length: 3 }, () => convergeCheckout(app.services, checkout.id)),
  ]);
  await quiet(app);
  const orders = await rows(app, 'orders', { checkout_id: checkout.id });
  const payments = await rows(app, 'whop_payments', { checkout_id: checkout.id });
  return {
    orders: orders.length,
    applied: payments.filter(({ disposition }) => disposition === 'applied').length,
    sales: (await rows(app, 'ledger_entries', { order_id: orders[0]?.id, cause: 'sale' })).length,
    refunds: (await rows(app, 'refunds', { payment_id: payments[0]?.id })).length,
  };
}
