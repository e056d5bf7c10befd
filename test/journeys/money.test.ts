import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { convergeCheckout } from '../../src/money/convergence.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser, newContext, type TestContext } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { askRefund, buy, checkOut, makeAdmin, makeBuyer, quiet, row } from '../support/money.ts';
import { openShop, type Shop } from '../support/shop.ts';

// Noor looks at her money and withdraws; Ada finds her refund; Mina clears the desk. With and without JavaScript.
let app: TestApp;
let shop: Shop;
let adaId: string;
let minaId: string;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app, { maxActiveOrders: 500 });
  adaId = await makeBuyer(app);
  minaId = await makeAdmin(app);
  const { password_hash } = await row(app, 'users', { id: shop.sellerId });
  await app.database.withSystem('seeds', (trx) =>
    trx('users').whereIn('id', [adaId, minaId]).update({ password_hash }),
  );
});
afterEach(() => app.emulator.faults({}));
afterAll(async () => {
  await closeBrowser();
  await app.stop();
});

async function arrive(userId: string, javaScriptEnabled: boolean): Promise<{ page: Page; context: TestContext }> {
  const context = await newContext({ javaScriptEnabled, viewport: { width: 1_000, height: 800 } });
  const page = await context.newPage();
  const { email } = await row(app, 'users', { id: userId });
  await page.goto(`${app.url}/login`);
  await page.getByLabel('E-mail').first().fill(email);
  await page.getByLabel('Password').first().fill('gigflow-demo');
  await page.locator('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
  return { page, context };
}

const press = (page: Page, name: string | RegExp) => page.locator('main').getByRole('button', { name }).first().click();
const told = (page: Page, text: string | RegExp) => page.locator('main, .flash').getByText(text).first().waitFor();

/** A payment that differs from its price, kept for an admin. */
async function keptPayment(): Promise<{ id: string; whopId: string; checkoutId: string }> {
  const checkout = await checkOut(app, shop, await makeBuyer(app));
  await app.emulator.faults({ money: { amountOff: -500 } });
  const { id: whopId } = await app.emulator.pay(checkout.whop_checkout_id!);
  await convergeCheckout(app.services, checkout.id);
  await app.emulator.faults({});
  return { id: (await row(app, 'whop_payments', { whop_payment_id: whopId })).id, whopId, checkoutId: checkout.id };
}

describe.skipIf(!hasBrowser()).each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('money %s', (_name, scripted) => {
  test('Ada sees what went back; Noor sees her balance, withdraws by the plain form and finds it in the history', async () => {
    const { orderId } = await buy(app, shop, { buyerId: adaId });
    await askRefund(app, orderId, 1_005);
    await quiet(app);
    const ada = await arrive(adaId, scripted);
    await ada.page.goto(`${app.url}/orders/${orderId}`);
    const refunded = ada.page.locator('main [data-cents="-1005"]').first();
    await refunded.waitFor({ state: 'attached' });
    expect(await refunded.textContent()).toBe('−$10.05');
    await ada.page.goto(`${app.url}/notifications`);
    await told(ada.page, '$10.05 went back to you');

    await app.emulator.call('POST', `/control/companies/${shop.companyId}/payout-methods`, {});
    await app.emulator.call('POST', `/control/companies/${shop.companyId}/settle`, {});
    const noor = await arrive(shop.sellerId, scripted);
    await noor.page.goto(`${app.url}/sell/withdrawals`);
    const balance = Number(await noor.page.locator('main .docket .total dd[data-cents]').getAttribute('data-cents'));
    await noor.page.getByLabel('Amount').fill('1,0');
    await press(noor.page, 'Withdraw');
    await noor.page.locator('#amount-error').waitFor();
    expect(await noor.page.getByLabel('Amount').inputValue()).toBe('1,0');
    await noor.page.getByLabel('Amount').fill('10.00');
    await press(noor.page, 'Withdraw');
    await told(noor.page, 'Asked for');
    const after = Number(await noor.page.locator('main .docket .total dd[data-cents]').getAttribute('data-cents'));
    expect(after).toBe(balance - 1_000);
    expect(await noor.page.locator('main .things [data-cents="1000"]').count()).toBeGreaterThan(0);
    for (const { context } of [ada, noor]) {
      expect(context.strayRequests).toEqual([]);
      await context.close();
    }
  }, 60_000);

  test('Mina follows red lights to a kept payment, matches one, refunds another, and all turns green', async () => {
    const matched = await keptPayment();
    const returned = await keptPayment();
    const { page, context } = await arrive(minaId, scripted);
    await page.goto(`${app.url}/admin/money`);
    const light = page.locator('[data-check="payment-without-order"]');
    await light.locator('.badge.bad').waitFor();
    await light.getByRole('link', { name: matched.whopId }).click();
    await told(page, 'Paid 4000 cents instead of 4500');
    await press(page, 'Match');
    await told(page, 'Matched: the purchase has taken effect.');
    expect(await row(app, 'orders', { checkout_id: matched.checkoutId })).toMatchObject({ total_cents: 4_000 });

    await page.goto(`${app.url}/admin/money`);
    await page.locator('[data-check="payment-without-order"]').getByRole('link', { name: returned.whopId }).click();
    await press(page, 'Refund all of it');
    await told(page, 'The refund is on its way.');
    await quiet(app);
    await page.goto(`${app.url}/admin/money`);
    await page.locator('[data-check="payment-without-order"]').waitFor();
    expect(await page.locator('[data-check] .badge.bad').count()).toBe(0);
    await context.close();
  }, 60_000);

  test('Mina replays one failed letter and then all of a filter', async () => {
    const { whopPaymentId } = await buy(app, shop, { buyerId: adaId });
    const ids = [1, 2, 3].map(() => `msg_${randomUUID().slice(0, 14)}`);
    const dead = { type: 'payment.succeeded', account_id: shop.companyId, status: 'dead', error: 'Whop was away' };
    await app.database.withSystem('inbox', (trx) =>
      trx('webhook_events').insert(ids.map((id) => ({ ...dead, id, payload: { id: whopPaymentId } }))),
    );
    const { page, context } = await arrive(minaId, scripted);
    await page.goto(`${app.url}/admin/webhooks?status=dead`);
    await page.locator('#events').getByText(ids[0]!).first().waitFor();
    await press(page, new RegExp(`Replay ${ids[0]}`));
    await eventually(async () =>
      expect(await row(app, 'webhook_events', { id: ids[0] })).toMatchObject({ status: 'handled', error: null }),
    );
    expect(await row(app, 'webhook_events', { id: ids[1] })).toMatchObject({ status: 'dead' });
    await page.goto(`${app.url}/admin/webhooks?status=dead&type=payment.succeeded`);
    await press(page, 'Replay all of these');
    for (const id of ids)
      await eventually(async () =>
        expect(await row(app, 'webhook_events', { id })).toMatchObject({ status: 'handled' }),
      );
    await page.goto(`${app.url}/admin/webhooks?status=dead&type=payment.succeeded`);
    await told(page, 'Nothing here');
    await context.close();
  }, 60_000);

  test('Mina reads the record of a disputed order and sends it to the bank, once', async () => {
    const { orderId, whopPaymentId } = await buy(app, shop, { buyerId: adaId });
    await app.emulator.call('POST', `/control/payments/${whopPaymentId}/dispute`, {});
    await eventually(async () =>
      expect(await row(app, 'orders', { id: orderId })).toMatchObject({ status: 'disputed' }),
    );
    const { id, whop_dispute_id } = await row(app, 'disputes', { order_id: orderId });
    const { page, context } = await arrive(minaId, scripted);
    await page.goto(`${app.url}/admin/money`);
    await page.locator(`main a[href="/admin/bank-disputes/${id}"]`).first().click();
    await told(page, `Order ${orderId}`);
    await press(page, 'Send this record to the bank');
    await told(page, /Sent to the bank/);
    expect(await page.getByRole('button', { name: 'Send this record to the bank' }).count()).toBe(0);
    const { disputes } = (await app.emulator.state()) as { disputes: { id: string; status: string }[] };
    expect(disputes.find((one) => one.id === whop_dispute_id)).toMatchObject({ status: 'under_review' });
    await app.emulator.call('POST', `/control/disputes/${whop_dispute_id}`, { status: 'won' });
    await quiet(app);
    await context.close();
  }, 60_000);

  test('Mina changes the fee and hands it back to the environment', async () => {
    const { page, context } = await arrive(minaId, scripted);
    await page.goto(`${app.url}/admin/settings`);
    await page.getByRole('radio', { name: 'This page' }).check();
    await page.getByLabel('Fee in hundredths of a percent').fill('1250');
    await press(page, 'Save');
    await told(page, /12\.5 %, set here by/);
    await page.goto(`${app.url}/fees`);
    await told(page, '12.5 %');
    await page.goto(`${app.url}/admin/settings`);
    await page.getByRole('radio', { name: 'The environment', exact: true }).check();
    await press(page, 'Save');
    await told(page, /10 %, from PLATFORM_FEE_BPS/);
    await context.close();
  }, 60_000);
});
