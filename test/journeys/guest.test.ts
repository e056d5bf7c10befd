import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser } from '../support/browser.ts';
import { startTestMailbox, type TestMailbox } from '../support/mailbox.ts';
import { BOTH_WAYS, Person } from '../support/person.ts';
import { openShop, type Shop } from '../support/shop.ts';

let app: TestApp;
let mailbox: TestMailbox;
let shop: Shop;
beforeAll(async () => {
  mailbox = await startTestMailbox();
  app = await startTestApp({ emulator: true, worker: true, env: { SMTP_URL: mailbox.smtpUrl } });
  shop = await openShop(app);
});
afterAll(async () => {
  await closeBrowser();
  await app.stop();
  await mailbox.stop();
});

describe.skipIf(!hasBrowser()).each(BOTH_WAYS)('without an account, %s', (_name, scripted) => {
  test('Lena buys, comes back by the mailed link, briefs, accepts, reviews, and takes the order into an account', async () => {
    const email = `lena-${scripted}@gigflow.test`;
    const buyer = await Person.arrive(app, scripted);
    await buyer.go(`/gigs/${shop.slug}/order`);
    await buyer.field('Your e-mail address').fill(email);
    await buyer.press('Continue to payment');
    await buyer.pay();
    await buyer.page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
    await buyer.status('awaiting_requirements');
    const address = new URL(buyer.page.url()).pathname;
    await buyer.leave();

    const mail = await mailbox.next(email);
    const link = /https?:\/\/\S+(\/o\/[\w-]+)/.exec(mail.text ?? '')?.[1];
    const lena = await Person.arrive(app, scripted);
    await lena.go(address);
    await lena.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await lena.go(link!);
    await lena.status('awaiting_requirements');
    await lena.page.getByRole('heading', { name: 'Your turn: send the brief' }).waitFor();
    await lena.field('What is on the menu?').fill('Six soups.');
    await lena.press('Send the brief');
    await lena.status('in_progress');

    const noor = await Person.enter(app, shop.sellerId, scripted);
    await noor.go(`/sell${address}`);
    await noor.reads('Six soups.');
    await noor.field('Message to the buyer').fill('The soups are set.');
    await noor.press('Deliver');
    await noor.status('delivered');

    await lena.go(address);
    await lena.press('Accept delivery');
    await lena.status('completed');
    await lena.page.getByRole('radio', { name: /5 stars/ }).check();
    await lena.field('In your words').fill('Every soup is there.');
    await lena.press('Send review');
    await lena.page.getByText('Not public yet').first().waitFor();

    await lena.follow('Keep this order in an account');
    await lena.field('Your name').fill('Lena Sommer');
    await lena.field('E-mail').fill(`new-${email}`);
    await lena.field('Password').fill('correct horse battery');
    await lena.press('Make an account');
    await lena.page.getByRole('heading', { level: 1, name: 'Take this order into your account?' }).waitFor();
    await lena.press('Yes, it is mine');
    await lena.status('completed');
    await lena.reads('Every soup is there.');
    expect(await lena.offers('Keep this order in an account')).toBe(false);
    await lena.go('/orders?tab=finished');
    await lena.page.locator(`main a[href="${address}"]`).waitFor();
    await noor.go(`/sell${address}`);
    await noor.page.getByRole('link', { name: 'Lena Sommer' }).first().waitFor();

    const stranger = await Person.arrive(app, scripted);
    const answer = await stranger.go(link!);
    expect(answer?.status()).toBe(404);
    for (const person of [lena, noor, stranger]) await person.leave();
  }, 120_000);
});
