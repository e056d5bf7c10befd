import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import express from 'express';
import type { Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type Whop from '@whop/sdk';
import { EMULATOR_CREDENTIALS } from '../../src/whop-emulator/credentials.ts';
import { closeBrowser, hasBrowser, newContext, type TestContext } from '../support/browser.ts';
import { addSeller, checkoutBody, setStage, type Stage } from './support.ts';

const MODULES = path.join(import.meta.dirname, '../../node_modules/@whop');
const PAYOUT_ACTIONS = [
  ...['company:balance:read', 'payout:account:read', 'payout:account:update', 'payout:withdraw_funds'],
  ...['payout:withdrawal:read', 'payout:destination:read', 'payout:create_destination'],
];
const CHAT_ACTIONS = ['chat:read', 'chat:message:create', 'dms:read', 'dms:message:manage'];

let stage: Stage;
let host: Server;
let hostUrl: string;
let context: TestContext;
let page: Page;
let violations: string[];

interface Host {
  heard: unknown[][];
}

/** What the host page has heard under this name, first; waits for it. */
async function heard(name: string): Promise<unknown[]> {
  const find = (wanted: string): unknown => (globalThis as unknown as Host).heard.find(([first]) => first === wanted);
  const handle = await page.waitForFunction(find, name);
  return (await handle.jsonValue()) as unknown[];
}

describe.skipIf(!hasBrowser())('embeds', () => {
  beforeAll(async () => {
    stage = await setStage();
    host = createServer(hostApp());
    await new Promise<void>((resolve) => host.listen(0, 'localhost', resolve));
    hostUrl = `http://localhost:${(host.address() as AddressInfo).port}`;
    await stage.control.call('PUT', '/control/registration', {
      appUrl: hostUrl,
      redirectUri: `${hostUrl}/callback`,
      webhookUrl: stage.inbox.url,
    });
  });
  beforeEach(async () => {
    context = await newContext();
    page = await context.newPage();
    violations = [];
    page.on('console', (message) => {
      if (/Content.Security.Policy|Refused to/i.test(message.text())) violations.push(message.text());
    });
  });
  afterEach(async () => {
    expect(violations).toEqual([]);
    expect(context.strayRequests).toEqual([]);
    await context.close();
  });
  afterAll(async () => {
    await closeBrowser();
    await new Promise((resolve) => host.close(resolve).closeAllConnections());
    await stage.stop();
  });

  describe('the checkout in a frame', () => {
    const open = async (options: Record<string, string> = {}): Promise<{ id: string; frame: Frame }> => {
      const seller = await addSeller(stage.whop);
      const { id } = await stage.whop.checkoutConfigurations.create(checkoutBody(seller.id));
      await page.goto(`${hostUrl}/checkout?${new URLSearchParams({ id, ...options })}`);
      const handle = await page.waitForSelector('iframe');
      const frame = (await handle.contentFrame())!;
      await frame.waitForSelector('#checkout');
      return { id, frame };
    };

    const pay = async (frame: Frame, number: string): Promise<void> => {
      await frame.fill('#email', 'ada@gigflow.test');
      await frame.fill('#card_number', number);
      await frame.click('button');
    };

    const paymentsOf = async (id: string): Promise<Whop.PaymentListResponse[]> =>
      (await stage.whop.payments.list({ checkout_configuration_ids: [id] })).data;

    test('pays and rings the bell with its plan and receipt', async () => {
      const { id, frame } = await open();
      await pay(frame, '4242 4242 4242 4242');
      const [, planId, receiptId] = await heard('complete');
      const [payment] = await paymentsOf(id);
      expect([planId, receiptId]).toEqual([payment!.plan!.id, payment!.id]);
      expect(payment!.status).toBe('paid');
      const states = await page.evaluate(`window.heard.filter(([name]) => name === 'state').map(([, state]) => state)`);
      expect(states).toEqual(['loading', 'ready', 'loading']);
      await frame.waitForSelector('.notice.good');
    });

    test('says why a card was declined and stays usable', async () => {
      const { id, frame } = await open();
      await pay(frame, '4000 0000 0000 0002');
      expect(await heard('error')).toEqual(['error', { message: 'Your card was declined.', code: 'card_declined' }]);
      await pay(frame, '4242 4242 4242 4242');
      await heard('complete');
      expect((await paymentsOf(id)).map(({ status }) => status).sort()).toEqual(['open', 'paid']);
    });

    test('asks the bank in a dialog above the page', async () => {
      const { id, frame } = await open();
      await pay(frame, '5385 3083 6013 5181');
      const overlay = await page.waitForSelector('dialog[data-whop-checkout-overlay] iframe');
      const bank = (await overlay.contentFrame())!;
      await bank.waitForSelector('text=Card ending in 5181');
      await bank.fill('#password', 'Checkout1!');
      await bank.click('text=Confirm');
      await heard('complete');
      await page.waitForSelector('dialog', { state: 'detached' });
      expect((await paymentsOf(id))[0]).toMatchObject({ status: 'paid' });
    });

    test('takes Escape at the bank for a no', async () => {
      const { frame } = await open();
      await pay(frame, '5385 3083 6013 5181');
      const overlay = await page.waitForSelector('dialog[data-whop-checkout-overlay] iframe');
      await (await overlay.contentFrame())!.waitForSelector('text=Card ending in 5181');
      await page.locator('dialog').dispatchEvent('cancel', { cancelable: true });
      expect(await heard('error')).toMatchObject(['error', { message: 'Your bank did not confirm this payment.' }]);
    });

    test('answers the page’s own questions', async () => {
      const { frame } = await open();
      await page.evaluate(`wco.setEmail('checkout', 'noor@gigflow.test')`);
      const email = await page.evaluate(`wco.getEmail('checkout')`);
      expect(email).toBe('noor@gigflow.test');
      await frame.fill('#card_number', '4242424242424242');
      await page.evaluate(`wco.submit('checkout')`);
      await heard('complete');
    });

    test('leads the whole window back when nobody listens', async () => {
      const { frame } = await open({ redirect: `${hostUrl}/back`, state: 'abc' });
      await pay(frame, '4242 4242 4242 4242');
      await page.waitForURL(/\/back\?/);
      const { searchParams } = new URL(page.url());
      expect(Object.fromEntries(searchParams)).toMatchObject({
        payment_id: expect.stringMatching(/^pay_/) as string,
        checkout_status: 'success',
        status: 'success',
        state_id: 'abc',
      });
    });

    test('stands in no other page', async () => {
      await stage.control.call('PUT', '/control/registration', {
        appUrl: 'http://localhost:1',
        redirectUri: `${hostUrl}/callback`,
        webhookUrl: stage.inbox.url,
      });
      const seller = await addSeller(stage.whop);
      const { id } = await stage.whop.checkoutConfigurations.create(checkoutBody(seller.id));
      const answer = await fetch(`${stage.emulator.url}/embedded/checkout/${id}/`);
      expect(answer.headers.get('content-security-policy')).toContain('frame-ancestors http://localhost:1');
      await stage.control.call('PUT', '/control/registration', {
        appUrl: hostUrl,
        redirectUri: `${hostUrl}/callback`,
        webhookUrl: stage.inbox.url,
      });
    });
  });

  describe('the elements', () => {
    const open = async (parameters: Record<string, string>): Promise<Frame> => {
      await page.goto(`${hostUrl}/elements?${new URLSearchParams(parameters)}`);
      const handle = await page.waitForSelector('iframe');
      return (await handle.contentFrame())!;
    };
    test('verify hands in documents, says so and goes away', async () => {
      const seller = await addSeller(stage.whop);
      const frame = await open({ type: 'verify-element', company: seller.id });
      await heard('ready');
      await frame.click('text=Hand in good documents');
      await heard('verificationSubmitted');
      await page.waitForSelector('iframe', { state: 'detached' });
      const account = await stage.whop.ledgerAccounts.retrieve(seller.id);
      expect(account.payout_account_details?.status).toBe('connected');
    });

    test('verify stays when the page prevents its end', async () => {
      const seller = await addSeller(stage.whop);
      const frame = await open({ type: 'verify-element', company: seller.id, prevent: '1' });
      await frame.click('text=Hand in documents');
      await heard('verificationSubmitted');
      await frame.waitForSelector('text=Identity check: pending.');
    });

    test('balance, status banner and history show what Whop knows', async () => {
      const seller = await addSeller(stage.whop);
      const { id } = await stage.whop.checkoutConfigurations.create(checkoutBody(seller.id));
      await stage.control.pay(id);
      await (await open({ type: 'balance-element', company: seller.id })).waitForSelector('text=$123.15 pending');
      await (
        await open({ type: 'status-banner-element', company: seller.id })
      ).waitForSelector('text=Verify your identity');
      expect(await heard('bannerChange')).toEqual(['bannerChange', 'kyc-warning']);
      await (
        await open({ type: 'withdrawals-element', company: seller.id })
      ).waitForSelector('text=No withdrawals yet.');
    });

    test('a bank account is added and money is taken out to it', async () => {
      const seller = await addSeller(stage.whop);
      const { id } = await stage.whop.checkoutConfigurations.create(checkoutBody(seller.id));
      await stage.control.pay(id);
      await stage.control.setKyc(seller.id, 'approved');
      await stage.control.call('POST', `/control/companies/${seller.id}/settle`);
      await (await open({ type: 'add-payout-method-element', company: seller.id })).click('text=Add >> nth=-1');
      await heard('complete');

      const frame = await open({ type: 'withdraw-element', company: seller.id });
      await frame.fill('#amount', '1000');
      await frame.click('button:has-text("Withdraw")');
      await frame.waitForSelector('text=You do not have enough balance');
      await frame.fill('#amount', '100');
      await frame.click('button:has-text("Withdraw")');
      await heard('withdraw');
      const { data } = await stage.whop.withdrawals.list({ company_id: seller.id });
      expect(data.map(({ amount }) => amount)).toEqual([100]);
    });

    test('a token that lacks an action is refused where everybody sees it', async () => {
      const seller = await addSeller(stage.whop);
      const frame = await open({ type: 'balance-element', company: seller.id, actions: 'company:balance:read' });
      await frame.waitForSelector('[class*=bad]:has-text("payout:account:read")');
      expect(await heard('error')).toBeDefined();
    });

    test('an expired token is replaced by asking again', async () => {
      const seller = await addSeller(stage.whop);
      const frame = await open({ type: 'verify-element', company: seller.id, prevent: '1' });
      await heard('ready');
      await stage.control.call('POST', '/control/tokens/expire');
      await frame.click('text=Hand in documents');
      await heard('tokenRefreshed');
      await frame.click('text=Hand in documents');
      await heard('verificationSubmitted');
    });

    test('a destroyed session leaves nothing', async () => {
      const seller = await addSeller(stage.whop);
      await open({ type: 'balance-element', company: seller.id });
      await heard('ready');
      await page.evaluate('window.session.destroy()');
      expect(await page.locator('iframe').count()).toBe(0);
    });

    test('chat shows what the other side writes while it is open', async () => {
      const channel = await stage.whop.dmChannels.create({
        with_user_ids: ['ada', 'noor'],
        company_id: EMULATOR_CREDENTIALS.platformCompanyId,
      });
      const frame = await open({ type: 'chat-element', user: 'user_EmuAda00000001', channel: channel.id });
      await frame.fill('#text', 'Hello Noor');
      await frame.click('button:has-text("Send")');
      expect(await heard('messageSent')).toMatchObject([
        'messageSent',
        { content: 'Hello Noor', channelId: channel.id },
      ]);
      await stage.whop.messages.create({ channel_id: channel.id, content: 'Hello from the platform' });
      await frame.waitForSelector('text=Hello from the platform');
      expect(await frame.locator('li').count()).toBe(2);
    });

    test('the list of conversations tells which one is chosen', async () => {
      const channel = await stage.whop.dmChannels.create({
        with_user_ids: ['ada', 'mina'],
        company_id: EMULATOR_CREDENTIALS.platformCompanyId,
        custom_name: 'Order GF-1042',
      });
      const frame = await open({ type: 'dms-list-element', user: 'user_EmuAda00000001' });
      await frame.click('text=Order GF-1042');
      expect(await heard('channelSelected')).toEqual(['channelSelected', { id: channel.id }]);
    });
  });
});

/** The smallest page that hosts the embeds, with the strict policy that GigFlow means to send (contract D.8). */
function hostApp(): express.Express {
  const app = express();
  app.use((_req, res, next) => {
    const { url } = stage.emulator;
    const policy = `default-src 'none'; script-src 'self' ${url}; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src ${url}; form-action 'self'`;
    res.set({ 'Content-Security-Policy': policy, 'Cross-Origin-Opener-Policy': 'same-origin-allow-popups' });
    next();
  });
  app.use('/checkout-script', express.static(path.join(MODULES, 'checkout/dist/static/checkout')));
  app.use('/elements-script', express.static(path.join(MODULES, 'embedded-components-vanilla-js/dist')));
  app.get('/checkout', (req, res) => {
    const { id, redirect, state } = req.query as Record<string, string>;
    const listen = redirect
      ? `data-whop-checkout-return-url="${redirect}" data-whop-checkout-state-id="${state}"`
      : 'data-whop-checkout-on-complete="onComplete" data-whop-checkout-on-payment-error="onError"';
    res.send(`<!doctype html><title>Host</title><link rel="icon" href="/icon"><script type="module" src="/checkout.js"></script>
<div id="checkout" data-whop-checkout-session="${id}" data-whop-checkout-origin="${stage.emulator.url}/"
 data-whop-checkout-skip-utm="true" data-whop-checkout-on-state-change="onState" ${listen}></div>`);
  });
  app.get('/checkout.js', (_req, res) => {
    res.type('js').send(`window.heard = [];
window.onComplete = (...args) => window.heard.push(['complete', ...args]);
window.onError = (...args) => window.heard.push(['error', ...args]);
window.onState = (...args) => window.heard.push(['state', ...args]);
window.whop ??= {};
window.wco ??= { injected: true, listening: false, frames: new Map(), identifiedFrames: new Map(), availableCurrencies: new Map() };
await import('/checkout-script/index.mjs');`);
  });
  app.get('/elements', (_req, res) => {
    res.send(`<!doctype html><title>Host</title><link rel="icon" href="/icon"><script src="${stage.emulator.url}/release/elements.js"></script>
<script type="module" src="/elements.js"></script><div id="element"></div>`);
  });
  app.get('/elements.js', (_req, res) => {
    res.type('js').send(`import { loadWhopElements } from '/elements-script/pure.mjs';
window.heard = [];
const query = new URLSearchParams(location.search);
const hear = (emitter, names) => names.forEach((name) => emitter.on(name, (event, ...more) => {
  if (query.has('prevent') && event?.cancelable) event.preventDefault();
  const detail = event?.detail && Object.getPrototypeOf(event.detail) === Object.prototype ? [event.detail] : [];
  window.heard.push([name, ...detail, ...more]);
}));
const whop = await loadWhopElements({ environment: 'sandbox' });
const token = async ({ abortSignal }) => (await fetch('/token?' + query, { signal: abortSignal })).text();
const session = query.has('user')
  ? whop.createChatSession({ token })
  : whop.createPayoutsSession({ token, companyId: query.get('company'), redirectUrl: location.href });
window.session = session;
hear(session, ['tokenRefreshed', 'tokenRefreshError']);
const element = session.createElement(query.get('type'), { channelId: query.get('channel') ?? undefined });
hear(element, ['ready', 'error', 'verificationSubmitted', 'complete', 'withdraw', 'bannerChange', 'messageSent', 'channelSelected']);
element.mount('#element');`);
  });
  app.get('/token', async (req, res) => {
    const { company, user, actions } = req.query as Record<string, string>;
    const { token } = await stage.whop.accessTokens.create({
      company_id: company ?? EMULATOR_CREDENTIALS.platformCompanyId,
      user_id: user,
      scoped_actions: actions?.split(' ') ?? (user ? CHAT_ACTIONS : PAYOUT_ACTIONS),
    });
    res.type('text').send(token);
  });
  app.get('/back', (_req, res) => void res.send('<!doctype html><title>Back</title>'));
  app.get('/icon', (_req, res) => void res.status(204).end());
  return app;
}
