import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser, newContext, type TestContext } from '../support/browser.ts';
import {
  createPerson,
  openShop as openPlainShop,
  orderIn,
  PASSWORD,
  signIn,
  type TestPerson,
} from '../support/orders.ts';
import { signUp } from '../support/client.ts';
import { accountOf } from '../support/sellers.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { connectWhop, newPersona } from '../support/whop-sign-in.ts';

const GOOD = '4242 4242 4242 4242';
const DECLINED = '4000 0000 0000 0002';
const ASKS_BANK = '5385 3083 6013 5181';

let app: TestApp;
let shop: Shop;
let page: Page;
/** What the browser refused because of the page's policy. */
let violations: string[];
let contexts: TestContext[];

async function arrive(javaScriptEnabled = true): Promise<Page> {
  const own = await newContext({ javaScriptEnabled, viewport: { width: 1100, height: 900 } });
  contexts.push(own);
  own.setDefaultTimeout(10_000);
  const opened = await own.newPage();
  opened.on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) violations.push(message.text());
  });
  opened.on('pageerror', (error) => {
    // Chromium says so whenever a page change with a transition is overtaken by the next one; nothing is broken then.
    if (!error.message.startsWith('Transition was')) violations.push(error.message);
  });
  return opened;
}

async function logIn(visitor: Page, email: string): Promise<void> {
  await visitor.goto(`${app.url}/login`);
  await visitor.getByLabel('E-mail').first().fill(email);
  await visitor.getByLabel('Password').first().fill(PASSWORD);
  await visitor.locator('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  await visitor.waitForURL((url) => url.pathname !== '/login');
}

const press = (name: string | RegExp, where: Page | FrameLocator = page) =>
  where
    .getByRole('button', { name, exact: typeof name === 'string' })
    .filter({ visible: true })
    .first()
    .click();

describe.skipIf(!hasBrowser())('embeds', () => {
  beforeAll(async () => {
    app = await startTestApp({ emulator: true, worker: true });
    shop = await openShop(app);
  });
  beforeEach(async () => {
    contexts = [];
    violations = [];
    page = await arrive();
  });
  afterEach(async () => {
    for (const one of contexts) expect(one.strayRequests, 'nobody else is asked, no pixel either').toEqual([]);
    expect(violations).toEqual([]);
    for (const one of contexts) await one.close();
  });
  afterAll(async () => {
    await closeBrowser();
    await app.stop();
  });

  describe('the checkout', () => {
    const frame = (): FrameLocator => page.frameLocator('checkout-embed iframe');
    const toOrder = () => page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
    const lent = () =>
      page.evaluate(() => Object.keys(globalThis).filter((name) => /^checkoutEmbed\d/.test(name)).length);

    async function openPanel(): Promise<void> {
      await page.goto(`${app.url}/gigs/${shop.slug}`);
      await press('Choose options');
      await page.getByLabel('Your e-mail address').fill('guest@gigflow.test');
      await toPayment();
    }
    async function toPayment(): Promise<void> {
      await press('Continue to payment');
      await frame().getByLabel('Card number').waitFor();
    }
    async function pay(card: string): Promise<void> {
      await frame().getByLabel('E-mail').fill('ada@gigflow.test');
      await frame().getByLabel('Card number').fill(card);
      await press(/^Pay/, frame());
    }
    const orders = async (): Promise<number> =>
      Number((await app.database.withSystem('jobs', (trx) => trx('orders').count().first()))!.count);

    test('stands in the panel over the gig, named, loaded once, and pays', async () => {
      await openPanel();
      expect(new URL(page.url()).pathname).toBe(`/gigs/${shop.slug}`);
      await page.locator('checkout-embed iframe[title="Payment by Whop"]').waitFor();
      await page.locator('[data-checkout-waiting]').waitFor({ state: 'hidden' });
      // The classic loader would leave 33 helpers of one letter on the window, and die of them (contract D.1).
      expect(await page.evaluate(() => Object.keys(globalThis).filter((name) => /^[A-Za-z_]$/.test(name)))).toEqual([]);
      await pay(GOOD);
      await toOrder();
      expect(await lent()).toBe(0);
    });

    test('a declined card, then a bank that says no, then one that says yes: one order', async () => {
      const before = await orders();
      await openPanel();
      await pay(DECLINED);
      await frame().getByText('Your card was declined.').waitFor();
      for (const answer of ['Cancel', 'Confirm']) {
        await pay(ASKS_BANK);
        const bank = page.frameLocator('dialog[data-whop-checkout-overlay] iframe');
        await bank.getByText('Card ending in 5181').waitFor();
        if (answer === 'Cancel') {
          await press('Cancel', bank);
          await frame().getByText('Your bank did not confirm this payment.').waitFor();
        } else {
          await bank.getByLabel('Password').fill('Checkout1!');
          await press('Confirm', bank);
        }
      }
      await toOrder();
      expect(await orders()).toBe(before + 1);
    });

    test('closing the panel takes the frame away; opened again it pays', async () => {
      await openPanel();
      await page.locator('#panel').getByRole('button', { name: 'Close' }).click();
      await page.locator('checkout-embed').waitFor({ state: 'detached' });
      expect([await page.locator('iframe').count(), await lent()]).toEqual([0, 0]);
      await press('Choose options');
      await page.getByLabel('Your e-mail address').fill('guest@gigflow.test');
      await toPayment();
      await pay(GOOD);
      await toOrder();
    });

    test('swapped in again and again it is one frame that still hears', async () => {
      await openPanel();
      for (let turn = 0; turn < 2; turn++) {
        await page.getByRole('link', { name: 'Change options' }).click();
        await page.getByRole('button', { name: 'Continue to payment' }).waitFor();
        await page.getByLabel('Your e-mail address').fill('guest@gigflow.test');
        await toPayment();
      }
      expect(await page.locator('iframe').count()).toBe(1);
      expect(await page.locator('script[src*="/checkout-embed"]').count()).toBeLessThanOrEqual(1);
      await pay(GOOD);
      await toOrder();
    });

    test('Back from the order does not offer the paid checkout again', async () => {
      await page.goto(`${app.url}/gigs/${shop.slug}/order`);
      await page.getByLabel('Your e-mail address').fill('guest@gigflow.test');
      await toPayment();
      const before = await orders();
      await pay(GOOD);
      await toOrder();
      const order = page.url();
      await page.goBack();
      await page.goForward();
      await page.goto(order);
      expect(await page.locator('checkout-embed iframe').count()).toBe(0);
      expect(await orders()).toBe(before + 1);
    });

    test('the bell alone is no proof: rung without a payment there is no order', async () => {
      const before = await orders();
      await openPanel();
      await page.locator('checkout-embed').evaluate((embed) => {
        const name = embed.getAttribute('data-whop-checkout-on-complete')!;
        const bell = (globalThis as unknown as Record<string, (...told: string[]) => void>)[name]!;
        bell('plan_forged', 'pay_forged');
        bell('plan_forged', 'pay_forged');
      });
      await page.getByText('Whop is confirming your payment').waitFor();
      expect(await orders()).toBe(before);
    });

    test('a frame that never comes leaves the link to Whop’s own page', async () => {
      await page.route(/\/embedded\/checkout\//, (route) => route.abort());
      await page.clock.install();
      await page.goto(`${app.url}/gigs/${shop.slug}/order`);
      await page.getByLabel('Your e-mail address').fill('guest@gigflow.test');
      await press('Continue to payment');
      await page.locator('[data-checkout-waiting]').waitFor();
      await page.clock.fastForward(10_000);
      await page.locator('[data-checkout-waiting]').waitFor({ state: 'hidden' });
      const link = page.locator('[data-checkout-fallback] a');
      expect((await link.getAttribute('href'))!.startsWith(app.emulator.url)).toBe(true);
      violations = violations.filter((text) => !text.includes('ERR_FAILED'));
    });

    test('the script cannot be loaded: the same link, and no page error', async () => {
      await page.route(/whop-checkout\/0\.5\.0\/index\.mjs/, (route) => route.abort());
      await page.goto(`${app.url}/gigs/${shop.slug}/order`);
      await page.getByLabel('Your e-mail address').fill('guest@gigflow.test');
      await press('Continue to payment');
      await page.locator('[data-checkout-fallback] a').waitFor();
      await page.locator('[data-checkout-waiting]').waitFor({ state: 'hidden' });
    });

    test('a window that Whop’s frame opens is a window (COOP)', async () => {
      await openPanel();
      const opened = page.waitForEvent('popup');
      const handle = await (await page.locator('checkout-embed iframe').elementHandle())!.contentFrame();
      expect(await handle!.evaluate(`window.open('/') !== null`)).toBe(true);
      await (await opened).close();
    });

    test('without JavaScript: the link, Whop’s page, and the order', async () => {
      page = await arrive(false);
      await page.goto(`${app.url}/gigs/${shop.slug}/order`);
      await page.getByLabel('Your e-mail address').fill('guest@gigflow.test');
      await press('Continue to payment');
      await page
        .getByRole('link', { name: /Pay on Whop/ })
        .first()
        .click();
      await page.getByLabel('E-mail').fill('ada@gigflow.test');
      await page.getByLabel('Card number').fill(GOOD);
      await press(/^Pay/);
      await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
    });
  });

  describe('the identity check', () => {
    async function tomas(scripted = true): Promise<Page> {
      const email = `tomas-${Math.random().toString(36).slice(2)}@gigflow.test`;
      const client = await signUp(app, 'Tomas Vesely', { email });
      await client.post('/sell/onboarding', { display_name: 'Tomas Vesely', country: 'cz' });
      page = scripted ? page : await arrive(false);
      await logIn(page, email);
      return page;
    }
    const frame = (): FrameLocator => page.frameLocator('whop-embed[type=verify-element] iframe');

    test('hands in documents, and the server says how it stands', async () => {
      await tomas();
      await page.goto(`${app.url}/sell/onboarding`);
      await press('Hand in good documents', frame());
      await page.locator('#identity[data-kyc-status=verified]').waitFor();
      expect(await page.locator('iframe').count()).toBe(0);
    });

    test('only the server’s word counts: an event out of the page changes nothing', async () => {
      await tomas();
      await page.goto(`${app.url}/sell/onboarding`);
      await frame().getByRole('button', { name: 'Hand in documents' }).waitFor();
      const answered = page.waitForResponse(/\/api\/sell\/kyc\/sync|\/sell\/onboarding/);
      await page
        .locator('whop-embed')
        .evaluate((embed) => embed.dispatchEvent(new CustomEvent('whop:verificationsubmitted', { bubbles: true })));
      await answered;
      await page.locator('#identity[data-kyc-status=not_started]').waitFor();
    });

    test('without JavaScript: a form, a link, Whop’s page, and back', async () => {
      await tomas(false);
      await page.goto(`${app.url}/sell/onboarding`);
      await press(/Whop’s page/);
      await page.getByRole('link', { name: 'Go to Whop' }).click();
      expect(page.url().startsWith(app.emulator.url)).toBe(true);
      await page.getByRole('button').first().click();
      await page.waitForURL((url) => url.origin === app.url);
      expect(await page.locator('#identity').count()).toBe(1);
    });
  });

  describe('payouts', () => {
    async function noor(): Promise<string> {
      const email = `noor-${Math.random().toString(36).slice(2)}@gigflow.test`;
      const client = await signUp(app, 'Noor Haddad', { email });
      await client.post('/sell/onboarding', { display_name: 'Noor Haddad', country: 'jo' });
      const { whop_company_id: companyId } = await accountOf(app, client);
      await app.emulator.setKyc(companyId!, 'approved');
      await client.get('/sell/onboarding?returned=1');
      await logIn(page, email);
      return companyId!;
    }
    const frame = (type: string): FrameLocator => page.frameLocator(`whop-embed[type=${type}-element] iframe`);
    const ready = (count: number) =>
      expect.poll(() => page.locator('whop-embed[state=ready]').count(), { timeout: 10_000 }).toBe(count);

    async function earn(companyId: string): Promise<void> {
      const created = await app.services.whop.createCheckout({
        checkoutId: crypto.randomUUID(),
        attempt: 1,
        companyId,
        title: 'Menu',
        gigId: null,
        gigTitle: 'Menu',
        totalCents: 15_000,
        feeCents: 1_500,
        currency: 'usd',
        redirectUrl: app.url,
      });
      await app.emulator.pay(created.whopCheckoutId);
      await app.emulator.call('POST', `/control/companies/${companyId}/settle`);
    }

    test('five elements stand on one page with one script, and leave nothing behind', async () => {
      await noor();
      await page.goto(`${app.url}/sell/payouts`);
      await ready(5);
      expect(await page.locator('script[src*="/release/elements.js"]').count()).toBe(1);
      await frame('status-banner').getByText('Your identity is verified.').waitFor();
      await frame('withdrawals').getByText('No withdrawals yet.').waitFor();
      expect(await page.locator('whop-embed [data-plain]:visible').count()).toBe(0);
      await page.locator('#payouts').evaluate((payouts) => payouts.replaceChildren());
      expect(await page.locator('iframe').count()).toBe(0);
      await page.goto(`${app.url}/account`);
      await page.goBack();
      await ready(5);
    });

    test('a bank account is added, money is withdrawn, and the history shows it', async () => {
      const companyId = await noor();
      await earn(companyId);
      await page.goto(`${app.url}/sell/payouts`);
      await ready(5);
      const told = page.waitForResponse(/\/sell\/payouts\?returned=1/);
      await press('Add', frame('add-payout-method'));
      await told;
      await press(/^Withdraw/, frame('withdraw-button'));
      const dialog = page.frameLocator('dialog iframe');
      await dialog.getByLabel(/Amount/).fill('25');
      const asked = page.waitForResponse(/\/sell\/payouts\?returned=1/);
      await press('Withdraw', dialog);
      await asked;
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
      const withdrawals = await app.services.whop.withdrawalsOf(companyId);
      expect(withdrawals.map(({ amountCents }) => amountCents)).toEqual([2_500]);
      await page.reload();
      await frame('withdrawals').getByText('$25.00').waitFor();
    });

    test('leaving with Whop’s dialog open takes the dialog along', async () => {
      await noor();
      await page.goto(`${app.url}/sell/payouts`);
      await ready(5);
      await press(/^Withdraw/, frame('withdraw-button'));
      await page.locator('dialog[open] iframe').waitFor();
      await page.locator('#payouts').evaluate((payouts) => payouts.remove());
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
      expect(await page.locator('iframe').count()).toBe(0);
    });

    test('moved about in the page, as htmx does, an element keeps its frame', async () => {
      await noor();
      await page.goto(`${app.url}/sell/payouts`);
      await ready(5);
      const kept = await page.evaluate(`(() => {
        const embed = document.querySelector('whop-embed[type=balance-element]');
        const frame = embed.querySelector('iframe');
        document.getElementById('payouts').moveBefore(embed, null);
        return embed.querySelector('iframe') === frame && embed.getAttribute('state') === 'ready';
      })()`);
      expect(kept).toBe(true);
      await frame('balance').getByText('available').waitFor();
    });

    test('swapped out faster than they load: as many gone as came', async () => {
      await noor();
      await page.goto(`${app.url}/sell/payouts`);
      await page.evaluate(`(async () => {
        const text = await (await fetch('/sell/payouts')).text();
        const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('payouts').innerHTML;
        const payouts = document.getElementById('payouts');
        for (let turn = 0; turn < 3; turn++) {
          payouts.innerHTML = fresh;
          await null;
        }
      })()`);
      await ready(5);
      expect(await page.locator('iframe').count()).toBe(5);
    });

    test('no token at the start: the plain way stays, in words', async () => {
      await noor();
      await page.route(/payouts-token/, (route) => route.fulfill({ status: 503, json: { error: 'Away.' } }));
      await page.goto(`${app.url}/sell/payouts`);
      await expect.poll(() => page.locator('whop-embed[state=failed]').count()).toBe(5);
      expect(await page.locator('whop-embed [data-plain]:visible').count()).toBe(5);
      expect(await page.getByRole('button', { name: /on Whop’s page/ }).isVisible()).toBe(true);
    });

    test('the script cannot be loaded: the plain way stays; the next page tries again', async () => {
      await noor();
      await page.route(/release\/elements\.js/, (route) => route.abort());
      await page.goto(`${app.url}/sell/payouts`);
      await expect.poll(() => page.locator('whop-embed[state=failed]').count()).toBe(5);
      await page.unroute(/release\/elements\.js/);
      await page.reload();
      await ready(5);
    });

    test('a token that ended early is replaced by a fresh one', async () => {
      const companyId = await noor();
      await earn(companyId);
      await page.goto(`${app.url}/sell/payouts`);
      await ready(5);
      await app.emulator.call('POST', '/control/tokens/expire');
      const fresh = page.waitForResponse(/payouts-token\?fresh=1/);
      await press('Add', frame('add-payout-method'));
      expect((await fresh).status()).toBe(200);
      const told = page.waitForResponse(/\/sell\/payouts\?returned=1/);
      await press('Add', frame('add-payout-method'));
      await told;
    });

    test('without JavaScript: Whop’s own page does it all', async () => {
      page = await arrive(false);
      await noor();
      await page.goto(`${app.url}/sell/payouts`);
      await press(/on Whop’s page/);
      await page.getByRole('link', { name: 'Go to Whop' }).click();
      expect(page.url().startsWith(app.emulator.url)).toBe(true);
      await page.getByRole('link', { name: /^Back to/ }).click();
      await page.locator('#payout-status').waitFor();
    });
  });

  describe('chat', () => {
    async function pair(): Promise<{ ada: TestPerson; noor: TestPerson; orderId: string }> {
      const ada = await createPerson(app, 'Ada Marlowe');
      const noor = await createPerson(app, 'Noor Haddad');
      for (const person of [ada, noor]) {
        await connectWhop(app, await signIn(app, person), await newPersona(app, person.name.split(' ')[0]!));
      }
      const plain = await openPlainShop(app, noor);
      return { ada, noor, orderId: await orderIn(app, { shop: plain, ada, noor }, 'in_progress') };
    }
    const frame = (of: Page): FrameLocator => of.frameLocator('whop-embed[type=chat-element] iframe');

    test('what one side writes the other sees, and an act on the order leaves the chat alone', async () => {
      const { ada, noor, orderId } = await pair();
      const hers = page;
      const his = await arrive();
      await logIn(hers, ada.email);
      await logIn(his, noor.email);
      await hers.goto(`${app.url}/orders/${orderId}`);
      await his.goto(`${app.url}/sell/orders/${orderId}`);
      await frame(his).getByText('No messages yet.').waitFor();
      await frame(hers).getByRole('textbox', { name: 'Message' }).fill('Which paper?');
      await press('Send', frame(hers));
      await frame(his).getByText('Which paper?').waitFor();

      await frame(hers).getByRole('textbox', { name: 'Message' }).fill('half a sentence');
      await hers.locator('#message-body').fill('For the record: recycled paper.');
      await press('Send message', hers);
      await hers.locator('#messages').getByText('For the record: recycled paper.').waitFor();
      expect(await frame(hers).getByRole('textbox', { name: 'Message' }).inputValue()).toBe('half a sentence');
      expect(await hers.locator('iframe').count()).toBe(1);
    });

    test('no token: the thread is there, and the page says so', async () => {
      const { ada, orderId } = await pair();
      await logIn(page, ada.email);
      await page.route(/chat\/token/, (route) => route.fulfill({ status: 404, json: { error: 'No.' } }));
      await page.goto(`${app.url}/orders/${orderId}`);
      await page.locator('whop-embed[state=failed] [data-plain]:visible').waitFor();
      expect(await page.locator('#message-form').isVisible()).toBe(true);
    });

    test('without JavaScript: the thread', async () => {
      const { ada, orderId } = await pair();
      page = await arrive(false);
      await logIn(page, ada.email);
      await page.goto(`${app.url}/orders/${orderId}`);
      await page.locator('#message-body').fill('A plain word.');
      await press('Send message');
      await page.locator('#messages').getByText('A plain word.').waitFor();
      expect(await page.locator('whop-embed [data-plain]').isVisible()).toBe(true);
    });
  });
});
