import { afterAll, beforeAll, describe, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser } from '../support/browser.ts';
import { buy, quiet } from '../support/money.ts';
import { BOTH_WAYS, letSignIn, Person } from '../support/person.ts';
import { openShop, type Shop } from '../support/shop.ts';

let app: TestApp;
let shop: Shop;
let adaId: string;
let minaId: string;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app);
  ({ adaId, minaId } = await letSignIn(app, shop));
});
afterAll(async () => {
  await closeBrowser();
  await app.stop();
});

/** Noor has delivered what Ada bought for $45.00. */
async function deliver(scripted: boolean): Promise<{ ada: Person; noor: Person; orderId: string }> {
  const { orderId } = await buy(app, shop, { buyerId: adaId });
  const ada = await Person.enter(app, adaId, scripted);
  const noor = await Person.enter(app, shop.sellerId, scripted);
  await ada.go(`/orders/${orderId}`);
  await ada.field('What is on the menu?').fill('Twelve dishes.');
  await ada.press('Send the brief');
  await ada.status('in_progress');
  await noor.go(`/sell/orders/${orderId}`);
  await noor.field('Message to the buyer').fill('The menu.');
  await noor.press('Deliver');
  await noor.status('delivered');
  await ada.go(`/orders/${orderId}`);
  return { ada, noor, orderId };
}

describe.skipIf(!hasBrowser()).each(BOTH_WAYS)('not content, %s', (_name, scripted) => {
  test('Ada reports a problem, Noor answers, Mina splits; both see what they have and why', async () => {
    const { ada, noor, orderId } = await deliver(scripted);
    await ada.follow('Report a problem');
    await ada.press('Report the problem');
    await ada.page.locator('.error-summary').waitFor();
    await ada.field('What is the problem?').fill('Half of the dishes are missing.');
    await ada.press('Report the problem');
    await ada.status('disputed');
    await ada.reads('You reported a problem.');
    await ada.field('Add to the dispute').fill('Six of twelve are not there.');
    await ada.press('Add statement');
    await ada.reads('Six of twelve are not there.');

    await noor.go(`/sell/orders/${orderId}`);
    await noor.reads('Ada reported a problem.');
    await noor.reads('Half of the dishes are missing.');
    await noor.field('Add to the dispute').fill('I was sent six only.');
    await noor.press('Add statement');
    await noor.reads('I was sent six only.');

    const mina = await Person.enter(app, minaId, scripted);
    await mina.go('/admin/disputes');
    await mina.page.locator(`main a[href*="${orderId}"]`).first().click();
    await mina.reads('I was sent six only.');
    await mina.page.getByRole('radio', { name: /^Split/ }).check();
    await mina.field('Part that goes back').fill('20.00');
    await mina.page.locator('#resolution-reason').fill('Half was asked for, half is there.');
    await mina.press('Decide');
    await mina.status('completed');
    await quiet(app);

    for (const [person, list] of [
      [ada, '/orders'],
      [noor, '/sell/orders'],
    ] as const) {
      await person.go(`${list}/${orderId}`);
      await person.status('completed');
      await person.reads('Half was asked for, half is there.');
      await person.reads('Part refund decided');
      await person.seesAmount('Refunded', -2_000);
    }
    await ada.seesAmount('Paid', 4_500);
    await noor.seesAmount('Your part', 4_050);
    for (const person of [ada, noor, mina]) await person.leave();
  }, 120_000);

  test('Noor offers a part refund, Ada agrees: the order is done, and both see the refund', async () => {
    const { ada, noor, orderId } = await deliver(scripted);
    await noor.follow('Offer a part refund');
    await noor.field('How much goes back to the buyer?').fill('45');
    await noor.field('Why is this fair?').fill('The drinks are missing.');
    await noor.press('Propose this');
    await noor.page.locator('.error-summary').waitFor();
    await noor.field('How much goes back to the buyer?').fill('12.50');
    await noor.press('Propose this');
    await noor.reads('You proposed a refund of $12.50');

    await ada.go(`/orders/${orderId}`);
    await ada.reads('Noor proposes a refund of $12.50');
    await ada.reads('The drinks are missing.');
    await ada.follow('Agree to a refund of $12.50');
    await ada.page.getByRole('heading', { level: 1, name: 'Settle with a part refund?' }).waitFor();
    await ada.press('Agree to a refund of $12.50');
    await ada.status('completed');
    await quiet(app);
    for (const [person, list] of [
      [ada, '/orders'],
      [noor, '/sell/orders'],
    ] as const) {
      await person.go(`${list}/${orderId}`);
      await person.reads('Settled with a part refund');
      await person.seesAmount('Refunded', -1_250);
      await person.leave();
    }
  }, 120_000);
});
