import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { dice, live } from '../support/order-life.ts';
import { openShop, type Shop } from '../support/shop.ts';

// The full count runs in test/proof/money/order-of-events.proof.ts.
let app: TestApp;
let shop: Shop;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  shop = await openShop(app, { maxActiveOrders: 500 });
});
afterAll(() => app.stop());

test.each([
  ['buyer', ['succeeded', 'admin', 1_005, 101]],
  ['letters', ['succeeded', 'whop', 1_005, 0]],
] as const)(
  'one order’s events, doubled, late and shuffled in ten ways, end in the same state (%s)',
  async (told, refund) => {
    const expected = await live(app, shop, told, null);
    expect(expected).toMatchObject({
      orders: [['awaiting_requirements', 2_505, 4_500, null]],
      refunds: [refund],
      disputes: [['lost', 1_500]],
      unhandled: 0,
    });
    for (let seed = 1; seed <= 10; seed += 1)
      expect(await live(app, shop, told, dice(seed)), `seed ${seed}`).toEqual(expected);
  },
);
