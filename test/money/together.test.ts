import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { payAndReturnTogether } from '../support/together.ts';
import { openShop, type Shop } from '../support/shop.ts';

// Fifty times in test/proof/money/together.proof.ts.
let app: TestApp;
let shop: Shop;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app, { maxActiveOrders: 500 });
});
afterAll(() => app.stop());

test('return, confirm, sweeper and three webhooks at once make one order, eight times', async () => {
  for (let time = 0; time < 8; time += 1)
    expect(await payAndReturnTogether(app, shop)).toEqual({ orders: 1, applied: 1, sales: 3, refunds: 0 });
});
