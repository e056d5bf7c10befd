import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser, newContext } from '../support/browser.ts';
import { orderIn, PASSWORD, setScene, type Scene, type TestPerson } from '../support/orders.ts';

describe.skipIf(!hasBrowser())('the order’s page with htmx', () => {
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

  /** A signed-in window; `troubles` collects what the browser complains about, refused forms and skipped transitions aside. */
  async function open(person: TestPerson, address: string): Promise<{ window: Page; troubles: string[] }> {
    const window = await (await newContext()).newPage();
    const troubles: string[] = [];
    window.on('pageerror', ({ message }) => !/^Transition was/.test(message) && troubles.push(message));
    window.on('console', (message) => {
      if (message.type() === 'error' && !/status of (422|409)/.test(message.text())) troubles.push(message.text());
    });
    await window.goto(`${app.url}/login?next=${encodeURIComponent(address)}`);
    await window.fill('#email', person.email);
    await window.fill('#password', PASSWORD);
    await Promise.all([window.waitForURL(app.url + address), window.click('main form button')]);
    return { window, troubles };
  }

  const focused = (window: Page) => window.evaluate('document.activeElement.id');
  const violations = async (window: Page) =>
    (await new AxeBuilder({ page: window }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);

  test('a refused brief shows what to fix; a sent one swaps the page and keeps a half-written message', async () => {
    const id = await orderIn(app, scene, 'awaiting_requirements');
    const { window, troubles } = await open(scene.ada, `/orders/${id}`);
    await window.fill('#message-body', 'half a thought');
    await window.click('#requirements-send');
    await window.waitForSelector('.error-summary');
    expect(await window.evaluate('document.activeElement.className')).toBe('error-summary');
    expect(await violations(window)).toEqual([]);

    await window.getByLabel('Name of your café?').fill('Warda');
    await window.getByLabel('Dishes and prices?').fill('Tea 3.00');
    await window.getByLabel('A4').check();
    await window.click('#requirements-send');
    await window.waitForSelector('[data-order-status=in_progress]');
    expect(await focused(window)).toBe('workspace-flash');
    expect(await window.inputValue('#message-body')).toBe('half a thought');

    await window.click('#message-send');
    await window.waitForSelector('.message');
    expect([await focused(window), await window.inputValue('#message-body')]).toEqual(['message-send', '']);
    expect(await window.evaluate(`performance.getEntriesByType('navigation').length`)).toBe(1);
    expect(await violations(window)).toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('a draft is saved, not delivered; the second window learns that the first has delivered', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const { window, troubles } = await open(scene.noor, `/sell/orders/${id}`);
    await window.fill('#message', 'Almost');
    await window.click('#delivery-draft');
    await window.waitForSelector('text=Draft saved');
    expect(await window.getAttribute('#workspace', 'data-order-status')).toBe('in_progress');

    const second = await window.context().newPage();
    await second.goto(window.url());
    await second.fill('#message', 'From the other window');
    await window.click('#delivery-send');
    await window.waitForSelector('[data-order-status=delivered]');
    await second.waitForSelector('text=This order has changed while you were writing');
    await second.click('#delivery-send');
    await second.waitForSelector('h1:has-text("This order is delivered")');
    expect(await focused(second)).toBe('wrong-state-title');
    expect(await second.textContent('blockquote')).toBe('From the other window');
    expect(await violations(second)).toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('accepting by keyboard, in the dark, on a phone', async () => {
    const id = await orderIn(app, scene, 'delivered');
    const { window, troubles } = await open(scene.ada, `/orders/${id}`);
    await window.setViewportSize({ width: 320, height: 640 });
    await window.emulateMedia({ colorScheme: 'dark' });
    expect(await window.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    expect(await violations(window)).toEqual([]);
    await window.focus('#acceptance-send');
    await window.keyboard.press('Enter');
    await window.waitForSelector('[data-order-status=completed]');
    expect(await window.textContent('.flash')).toContain('The delivery is accepted');
    expect(await violations(window)).toEqual([]);
    expect(troubles).toEqual([]);
  });
});
