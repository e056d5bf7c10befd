import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { dice, live } from '../../support/order-life.ts';
import { openShop, type Shop } from '../../support/shop.ts';

const WAYS = 100;

let app: TestApp;
let shop: Shop;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  shop = await openShop(app, { maxActiveOrders: 500 });
});
afterAll(() => app.stop());

test.each(['buyer', 'letters'] as const)(
  `${WAYS} orders of one life’s events end in the same state (%s)`,
  { timeout: 600_000 },
  async (told) => {
    const expected = await live(app, shop, told, null);
    for (let seed = 1_000; seed < 1_000 + WAYS; seed += 1)
      expect(await live(app, shop, told, dice(seed)), `seed ${seed}`).toEqual(expected);
  },
);
