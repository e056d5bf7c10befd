import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser, newContext } from '../support/browser.ts';
import { row } from '../support/money.ts';
import { orderIn, PASSWORD, setScene, type Scene, type TestPerson } from '../support/orders.ts';

describe.skipIf(!hasBrowser())('what is being typed is kept', () => {
  let app: TestApp;
  let scene: Scene;

  beforeAll(async () => {
    app = await startTestApp();
    scene = await setScene(app);
  });
  afterAll(async () => {
    await closeBrowser();
    await app.stop();
  });

  /** A device of somebody's own, signed in and at this address. */
  async function open(person: TestPerson, address: string): Promise<Page> {
    const window = await (await newContext()).newPage();
    await window.goto(`${app.url}/login?next=${encodeURIComponent(address)}`);
    await window.fill('#email', person.email);
    await window.fill('#password', PASSWORD);
    await Promise.all([window.waitForURL(app.url + address), window.click('main form button')]);
    return window;
  }

  test('Ada’s brief, without a button, on every device of hers, and nobody else’s page', async () => {
    const id = await orderIn(app, scene, 'awaiting_requirements');
    const phone = await open(scene.ada, `/orders/${id}`);
    const dishes = phone.getByLabel('Dishes and prices?');
    await dishes.fill('Tea 3.00');
    await phone.waitForSelector('.autosaved:has-text("Draft saved")');
    expect(await dishes.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    const laptop = await open(scene.ada, `/orders/${id}`);
    expect(await laptop.getByLabel('Dishes and prices?').inputValue()).toBe('Tea 3.00');
    expect(await laptop.locator('text=Your draft is saved').count()).toBe(0);
    expect((await scene.as.noor.get(`/sell/orders/${id}`)).text).not.toContain('Tea 3.00');

    await phone.getByLabel('Name of your café?').fill('Warda');
    await phone.getByLabel('A4').check();
    await phone.click('#requirements-send');
    await phone.waitForSelector('[data-order-status=in_progress]');
    expect(await row(app, 'orders', { id })).toMatchObject({ status: 'in_progress' });
  });

  test('Noor’s delivery; delivering it later still counts once', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const window = await open(scene.noor, `/sell/orders/${id}`);
    await window.fill('#message', 'Here is the folded menu');
    await window.waitForSelector('.autosaved:has-text("Draft saved")');
    const again = await open(scene.noor, `/sell/orders/${id}`);
    expect(await again.inputValue('#message')).toBe('Here is the folded menu');
    await again.click('#delivery-send');
    await again.waitForSelector('[data-order-status=delivered]');
    expect(await row(app, 'order_deliveries', { order_id: id })).toMatchObject({ message: 'Here is the folded menu' });
  });
});
