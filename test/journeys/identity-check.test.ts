import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser, newContext } from '../support/browser.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ emulator: true })));
afterAll(async () => {
  await closeBrowser();
  await app.stop();
});

/** Signs up as a seller and stands at the identity check. */
async function atTheCheck(page: Page, name: string): Promise<void> {
  await page.goto(`${app.url}/signup?intent=sell`);
  await page.getByLabel('Name', { exact: false }).first().fill(name);
  await page.getByLabel('E-mail', { exact: false }).fill(`${name.toLowerCase()}@gigflow.test`);
  await page.locator('input[name=password]').fill('correct horse battery');
  await page.locator('main form button.button').click();
  await page.waitForURL('**/sell/onboarding');
  await page.getByLabel('Country you live in').selectOption('jo');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Prove who you are' }).waitFor();
}

describe.skipIf(!hasBrowser())('the identity check in a browser', () => {
  test('with JavaScript it happens on our own page, and the page follows by itself', async () => {
    const context = await newContext();
    const page = await context.newPage();
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) violations.push(message.text());
    });
    await atTheCheck(page, 'Noor');
    await page.locator('whop-embed[state=ready]').waitFor();
    const frame = page.frameLocator('whop-embed iframe');
    await frame.getByRole('button', { name: 'Hand in a blurry picture' }).click();
    await page.getByRole('heading', { name: 'Whop needs one more thing from you' }).waitFor();
    await frame.getByRole('button', { name: 'Hand in good documents' }).click();
    await page.getByRole('heading', { name: 'You are ready to sell' }).waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
    expect(await page.locator('script[src$="elements.js"]').count()).toBe(1);
    expect([violations, context.strayRequests]).toEqual([[], []]);
    await context.close();
  });

  test('without JavaScript the way leads over Whop’s own page and back', async () => {
    const context = await newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await atTheCheck(page, 'Tomas');
    await page.getByRole('button', { name: 'Start the check on Whop’s page' }).click();
    await page.getByRole('link', { name: 'Go to Whop' }).click();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.waitForURL('**/sell/onboarding?returned=1');
    expect(await page.getByRole('heading', { name: 'You are ready to sell' }).count()).toBe(1);
    await context.close();
  });

  test('when Whop’s element cannot load, the plain way still stands there', async () => {
    const context = await newContext();
    await context.route('**/release/elements.js', (route) => route.abort());
    const page = await context.newPage();
    await atTheCheck(page, 'Wanda');
    await page.locator('whop-embed[state=failed]').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Start the check on Whop’s page' }).click();
    await page.waitForURL('**/account-links/**');
    await context.close();
  });
});
