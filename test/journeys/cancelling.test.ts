import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { clock } from '../../src/clock.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser } from '../support/browser.ts';
import { buy, quiet } from '../support/money.ts';
import { BOTH_WAYS, letSignIn, Person } from '../support/person.ts';
import { openShop, type Shop } from '../support/shop.ts';

const HOUR = 3_600_000;

let app: TestApp;
let shop: Shop;
let adaId: string;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app);
  ({ adaId } = await letSignIn(app, shop));
});
afterEach(() => clock.set(null));
afterAll(async () => {
  await closeBrowser();
  await app.stop();
});

/** Ada has paid $45.00 and sent the brief. */
async function begin(scripted: boolean): Promise<{ ada: Person; noor: Person; orderId: string }> {
  const { orderId } = await buy(app, shop, { buyerId: adaId });
  const ada = await Person.enter(app, adaId, scripted);
  const noor = await Person.enter(app, shop.sellerId, scripted);
  await ada.go(`/orders/${orderId}`);
  await ada.field('What is on the menu?').fill('Twelve dishes.');
  await ada.press('Send the brief');
  await ada.status('in_progress');
  return { ada, noor, orderId };
}

describe.skipIf(!hasBrowser()).each(BOTH_WAYS)('cancelling %s', (_name, scripted) => {
  test('late: nothing came within a day of the due date, so Ada cancels alone and has her money back', async () => {
    const { ada, noor, orderId } = await begin(scripted);
    expect(await ada.offers('Cancel, nothing was delivered in time')).toBe(false);

    clock.set(new Date(Date.now() + 73 * HOUR));
    await ada.go(`/orders/${orderId}`);
    await ada.page.getByRole('heading', { name: 'Noor’s turn: the work is late' }).waitFor();
    expect(await ada.offers('Cancel, nothing was delivered in time')).toBe(false);
    await noor.go(`/sell/orders/${orderId}`);
    await noor.page.getByRole('heading', { name: 'Your turn: deliver, you are late' }).waitFor();
    await noor.field('Message to the buyer').fill('Here it is at last.');

    clock.set(new Date(Date.now() + 97 * HOUR));
    await ada.go(`/orders/${orderId}`);
    await ada.follow('Cancel, nothing was delivered in time');
    await ada.reads('$45.00');
    await ada.press('Cancel and take the money back');
    await ada.status('cancelled');
    await quiet(app);
    await ada.go(`/orders/${orderId}`);
    await ada.reads('$45.00 went back the way you paid.');
    await ada.seesAmount('Refunded', -4_500);

    // Her page is from before: what she has typed is kept, and she is told where the order stands.
    await noor.press('Deliver');
    await noor.page.getByRole('heading', { level: 1, name: 'This order is cancelled' }).waitFor();
    await noor.reads('Here it is at last.');
    await noor.follow('Go to the order');
    await noor.status('cancelled');
    await noor.seesAmount('Refunded', -4_500);
    for (const person of [ada, noor]) await person.leave();
  }, 120_000);

  test('by agreement: asked, declined, asked again after the pause, agreed; both see the refund', async () => {
    const { ada, noor, orderId } = await begin(scripted);
    await ada.follow('Ask to cancel');
    await ada.field('Why do you want to cancel?').fill('The café opens a year later.');
    await ada.press('Ask to cancel');
    await ada.status('cancel_requested');
    await ada.reads('You asked to cancel');

    await noor.go(`/sell/orders/${orderId}`);
    await noor.page.getByRole('heading', { name: 'Your turn: Ada asks to cancel' }).waitFor();
    await noor.reads('The café opens a year later.');
    await noor.press('Decline');
    await noor.status('in_progress');

    await ada.go(`/orders/${orderId}`);
    await ada.status('in_progress');
    expect(await ada.offers('Ask to cancel')).toBe(false);
    clock.set(new Date(Date.now() + 49 * HOUR));
    await ada.go(`/orders/${orderId}`);
    await ada.follow('Ask to cancel');
    await ada.field('Why do you want to cancel?').fill('It really does not open.');
    await ada.press('Ask to cancel');
    await ada.status('cancel_requested');

    await noor.go(`/sell/orders/${orderId}`);
    await noor.follow('Agree and cancel');
    await noor.page.getByRole('heading', { level: 1, name: 'Cancel this order?' }).waitFor();
    await noor.reads('$45.00');
    await noor.press('Agree and cancel');
    await noor.status('cancelled');
    await quiet(app);
    for (const [person, list] of [
      [ada, '/orders'],
      [noor, '/sell/orders'],
    ] as const) {
      await person.go(`${list}/${orderId}`);
      await person.reads('It really does not open.');
      await person.seesAmount('Refunded', -4_500);
      await person.leave();
    }
  }, 120_000);
});
