import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser } from '../support/browser.ts';
import { buy } from '../support/money.ts';
import { BOTH_WAYS, letSignIn, Person } from '../support/person.ts';
import { openShop, type Shop } from '../support/shop.ts';

let app: TestApp;
let shop: Shop;
let adaId: string;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app);
  ({ adaId } = await letSignIn(app, shop));
});
afterAll(async () => {
  await closeBrowser();
  await app.stop();
});

describe.skipIf(!hasBrowser()).each(BOTH_WAYS)('what is added to an order, %s', (_name, scripted) => {
  test('Noor asks for more time and has it; Ada adds an extra, and gives a tip when the work is there', async () => {
    const { orderId } = await buy(app, shop, { buyerId: adaId });
    const ada = await Person.enter(app, adaId, scripted);
    const noor = await Person.enter(app, shop.sellerId, scripted);
    await ada.go(`/orders/${orderId}`);
    await ada.field('What is on the menu?').fill('Twelve dishes.');
    await ada.press('Send the brief');
    await ada.status('in_progress');
    const dueBefore = await due(ada);

    await noor.go(`/sell/orders/${orderId}`);
    await noor.follow('Ask for more time');
    await noor.field('How many more days?').fill('2');
    await noor.field('Why?').fill('The paper is sold out.');
    await noor.press('Ask for more time');
    await noor.reads('You asked for 2 more days');
    expect(await noor.offers('Ask for more time')).toBe(false);

    await ada.go(`/orders/${orderId}`);
    await ada.reads('Noor asks for 2 more days');
    await ada.follow('Agree to 2 more days');
    await ada.page.getByRole('heading', { level: 1, name: 'Agree to 2 more days?' }).waitFor();
    await ada.press('Agree to 2 more days');
    await ada.reads('More time');
    expect(await due(ada)).toBe(dueBefore + 2);

    await ada.follow('Add extras');
    await ada.page.getByRole('checkbox', { name: /Second language/ }).check();
    await ada.press('Continue to payment');
    await ada.pay();
    await ada.page.waitForURL((url) => url.pathname === `/orders/${orderId}`);
    await ada.seesAmount('Second language', 2_000);
    await ada.seesAmount('Paid', 6_500);
    expect(await due(ada)).toBe(dueBefore + 3);

    await noor.go(`/sell/orders/${orderId}`);
    await noor.seesAmount('You receive', 5_850);
    await noor.field('Message to the buyer').fill('Both languages.');
    await noor.press('Deliver');
    await noor.status('delivered');

    await ada.go(`/orders/${orderId}`);
    await ada.follow('Give a tip');
    await ada.field('Amount').fill('0.50');
    await ada.press('Continue to payment');
    await ada.page.locator('.error-summary').waitFor();
    await ada.field('Amount').fill('7.50');
    await ada.press('Continue to payment');
    await ada.pay();
    await ada.page.waitForURL((url) => url.pathname === `/orders/${orderId}`);
    await ada.seesAmount('Tip', 750);
    await ada.seesAmount('Paid', 6_500);
    await noor.go(`/sell/orders/${orderId}`);
    await noor.seesAmount('Tip', 750);
    for (const person of [ada, noor]) await person.leave();
  }, 120_000);
});

/** The day on which the work is due, counted from some day. */
async function due(person: Person): Promise<number> {
  const text = await person.page.locator('main .docket div:has(> dt:text-is("Due")) dd').textContent();
  return Math.floor(Date.parse(`${text!.replace(',', '')} ${new Date().getFullYear()} UTC`) / 86_400_000);
}
