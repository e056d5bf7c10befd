import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { payAndReturnTogether } from '../../support/together.ts';
import { openShop, type Shop } from '../../support/shop.ts';

const TIMES = 50;

let app: TestApp;
let shop: Shop;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app, { maxActiveOrders: 500 });
});
afterAll(() => app.stop());

test(`return and webhook together, ${TIMES} times: one order each`, async () => {
  for (let time = 0; time < TIMES; time += 1)
    expect(await payAndReturnTogether(app, shop), `time ${time}`).toEqual({
      orders: 1,
      applied: 1,
      sales: 3,
      refunds: 0,
    });
});
