import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser } from '../support/browser.ts';
import { row } from '../support/money.ts';
import { openThread } from '../support/offers.ts';
import { BOTH_WAYS, letSignIn, Person } from '../support/person.ts';
import { openShop, type Shop } from '../support/shop.ts';

let app: TestApp;
let shop: Shop;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app);
});
afterAll(async () => {
  await closeBrowser();
  await app.stop();
});

describe.skipIf(!hasBrowser()).each(BOTH_WAYS)('an offer %s', (_name, scripted) => {
  test('Noor offers, thinks again, offers less; Ada accepts and pays, and the order is what was offered', async () => {
    const { adaId } = await letSignIn(app, shop);
    const thread = await openThread(app, shop, adaId);
    const noor = await Person.enter(app, shop.sellerId, scripted);
    const offer = async (price: string) => {
      await noor.go(`/messages/${thread}`);
      await noor.follow('Make an offer');
      await noor.field('Title').fill('Two signs');
      await noor.field('What is included').fill('Both sides printed.');
      await noor.field('Price').fill(price);
      await noor.field('Days until you deliver').fill('9');
      await noor.press('Send the offer');
    };
    await offer('80');
    await noor.reads(/rounds of changes must be a whole number/);
    expect(await noor.field('Price').inputValue()).toBe('80');
    await noor.field('Rounds of changes').fill('2');
    await noor.press('Send the offer');
    await noor.seesAmount('Price', 8_000);
    await noor.press('Withdraw');
    await noor.reads(/was withdrawn on/);
    await offer('60');
    await noor.field('Rounds of changes').fill('2');
    await noor.press('Send the offer');
    await noor.seesAmount('Price', 6_000);

    const ada = await Person.enter(app, adaId, scripted);
    await ada.go('/notifications');
    await ada.follow(/made you an offer/);
    await ada.page.locator('#offer').getByRole('heading', { name: 'Two signs' }).waitFor();
    const wide = await ada.page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(wide).toBe(false);
    await ada.press('Accept and pay');
    await ada.pay();
    await ada.page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
    await ada.status('awaiting_requirements');
    const id = new URL(ada.page.url()).pathname.split('/').at(-1)!;
    expect(await row(app, 'orders', { id })).toMatchObject({
      title: 'Two signs',
      total_cents: 6_000,
      delivery_days: 9,
    });

    await noor.go(`/messages/${thread}`);
    await noor.follow('Open the order');
    await noor.status('awaiting_requirements');
    await Promise.all([ada.leave(), noor.leave()]);
  });
});
