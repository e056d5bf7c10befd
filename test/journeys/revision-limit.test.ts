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

describe.skipIf(!hasBrowser()).each(BOTH_WAYS)('the last round of changes, %s', (_name, scripted) => {
  test('it is used, the button goes, and the page says what is possible instead', async () => {
    const { orderId } = await buy(app, shop, { buyerId: adaId });
    const ada = await Person.enter(app, adaId, scripted);
    await ada.go(`/orders/${orderId}`);
    await ada.field('What is on the menu?').fill('Twelve dishes.');
    await ada.press('Send the brief');
    await ada.status('in_progress');

    const noor = await Person.enter(app, shop.sellerId, scripted);
    await noor.go(`/sell/orders/${orderId}`);
    await noor.field('Message to the buyer').fill('The first version.');
    await noor.press('Deliver');
    await noor.status('delivered');

    await ada.go(`/orders/${orderId}`);
    await ada.reads('1 of 1 round of changes left.');
    await ada.field('What should be different?').fill('Larger type, please.');
    await ada.press('Send and use 1 of 1 round');
    await ada.status('revision_requested');
    await ada.reads('What you asked to change');

    await noor.go(`/sell/orders/${orderId}`);
    await noor.reads('Larger type, please.');
    await noor.field('Message to the buyer').fill('The type is larger now.');
    await noor.press('Deliver');
    await noor.status('delivered');

    await ada.go(`/orders/${orderId}`);
    await ada.reads('All rounds of changes are used.');
    expect(await ada.page.getByLabel('What should be different?').count()).toBe(0);
    expect(await ada.page.getByRole('button', { name: /^Send and use/ }).count()).toBe(0);
    await ada.go(`/orders/${orderId}/revisions`);
    await ada.page.getByRole('heading', { level: 1, name: 'This order is delivered' }).waitFor();
    await ada.reads('All rounds of changes are used.');
    await ada.follow('Go to the order');
    await ada.status('delivered');

    await ada.follow('ask for a part refund');
    await ada.field('How much goes back to you?').fill('10');
    await ada.field('Why is this fair?').fill('The type is still small.');
    await ada.press('Propose this');
    await ada.reads('You proposed a refund of $10.00');
    await noor.go(`/sell/orders/${orderId}`);
    await noor.press('Decline');
    await noor.page.getByText('You have declined').first().waitFor();
    await ada.go(`/orders/${orderId}`);
    await ada.press('Accept delivery');
    await ada.status('completed');
    for (const person of [ada, noor]) await person.leave();
  }, 120_000);
});
