import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser, newContext } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { asSystem, deliverWork, orderIn, PASSWORD, setScene, type Scene, type TestPerson } from '../support/orders.ts';

describe.skipIf(!hasBrowser())('a page that is open', () => {
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

  const listening = (window: Page) =>
    eventually(async () =>
      expect(await window.evaluate(`document.querySelector('#live')?._htmx?.sse?.status`)).toBe(200),
    );

  /** A signed-in window that listens already. */
  async function open(person: TestPerson, address: string, javaScriptEnabled = true): Promise<Page> {
    const window = await (await newContext({ javaScriptEnabled })).newPage();
    await window.goto(`${app.url}/login?next=${encodeURIComponent(address)}`);
    await window.fill('#email', person.email);
    await window.fill('#password', PASSWORD);
    await Promise.all([window.waitForURL(app.url + address), window.click('main form button')]);
    if (javaScriptEnabled) await listening(window);
    return window;
  }

  test('shows a new message, and keeps the one that is being written', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const window = await open(scene.ada, `/orders/${id}`);
    await window.fill('#message-body', 'half a thought');
    await scene.as.noor.post(`/orders/${id}/messages`, { body: 'Two pages or four?' });
    await window.waitForSelector('.message:has-text("Two pages or four?")');
    expect(await window.inputValue('#message-body')).toBe('half a thought');
    await window.click('#message-send');
    await window.waitForSelector('.message:has-text("half a thought")');
  });

  test('listens also when the extension comes late over a slow line', async () => {
    const context = await newContext();
    const window = await context.newPage();
    await window.route(/hx-sse/, async (route) => {
      await window.waitForSelector('#unread[data-htmx-powered]', { state: 'attached' });
      await route.continue();
    });
    await window.goto(`${app.url}/login?next=/account`);
    await window.fill('#email', scene.ada.email);
    await window.fill('#password', PASSWORD);
    await window.click('main form button');
    await listening(window);
  });

  test('listens also when the first tries fail, and then shows what it has missed', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const window = await (await newContext()).newPage();
    let tries = 0;
    await window.route('**/events', async (route) => {
      tries += 1;
      if (tries === 1) return route.abort('connectionrefused');
      if (tries > 2) return route.continue();
      await scene.as.noor.post(`/orders/${id}/messages`, { body: 'Said while nobody listened' });
      return route.fulfill({ status: 503, contentType: 'text/html', body: '<h1 id="away">Not now</h1>' });
    });
    await window.goto(`${app.url}/login?next=/orders/${id}`);
    await window.fill('#email', scene.ada.email);
    await window.fill('#password', PASSWORD);
    await window.click('main form button');
    await listening(window);
    await window.waitForSelector('.message:has-text("Said while nobody listened")');
    await scene.as.noor.post(`/orders/${id}/messages`, { body: 'And now somebody does' });
    await window.waitForSelector('.message:has-text("And now somebody does")');
    expect([tries, await window.locator('#away').count()]).toEqual([3, 0]);
    expect(await window.locator('.message').count()).toBe(2);
  });

  test('comes back when the line was cut, with the last thing it heard, and shows what it has missed', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const window = await open(scene.ada, `/orders/${id}/messages`);
    await scene.as.noor.post(`/orders/${id}/messages`, { body: 'Heard' });
    await window.waitForSelector('.message:has-text("Heard")');

    const asked: (string | undefined)[] = [];
    await window.route('**/events', async (route) => {
      asked.push((await route.request().allHeaders())['last-event-id']);
      if (asked.length > 1) return route.continue();
      await scene.as.noor.post(`/orders/${id}/messages`, { body: 'Said while the line was cut' });
      return route.abort('connectionreset');
    });
    await asSystem(app, (trx) =>
      trx.raw(`select pg_terminate_backend(pid) from pg_stat_activity
               where application_name = 'gigflow-live' and datname = current_database()`),
    );
    await window.waitForSelector('.message:has-text("Said while the line was cut")');
    expect(asked).toEqual([expect.stringMatching(/^[1-9]\d*$/), asked[0]]);
    await deliverWork(app, id, scene.noor);
    await window.waitForSelector('.thread > .event:has-text("Delivered by Noor")');
  });

  test('shows an offer that is made, and that it was withdrawn', async () => {
    const asked = await scene.as.ada.post('/conversations', { gig: scene.shop.gigId, body: 'Two signs?' });
    const thread = asked.headers.location!;
    const window = await open(scene.ada, thread);
    await window.fill('#message-body', 'half a thought');
    const terms = { title: 'Two signs', description: 'Both sides printed.', price: '45', days: '3', revisions: '1' };
    await scene.as.noor.post(`/conversations/${thread.split('/')[2]!}/offers`, terms);
    await window.getByRole('button', { name: 'Accept and pay' }).waitFor();
    const { id } = await asSystem(app, (trx) => trx('offers').first<{ id: string }>('id'));
    await scene.as.noor.post(`/offers/${id}/withdrawal`);
    await window.getByText('was withdrawn on').waitFor();
    expect(await window.inputValue('#message-body')).toBe('half a thought');
  });

  test('follows the order and counts the news that it has not shown', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const window = await open(scene.ada, `/orders/${id}`);
    await window.fill('#message-body', 'half a thought');
    await deliverWork(app, id, scene.noor);
    await window.waitForSelector('[data-order-status=delivered]');
    expect(await window.inputValue('#message-body')).toBe('half a thought');
    const list = await open(scene.ada, '/account');
    const before = Number.parseInt(await list.locator('#unread').innerText()) || 0;
    const other = await orderIn(app, scene, 'in_progress');
    await deliverWork(app, other, scene.noor);
    await eventually(async () =>
      expect(Number.parseInt(await list.locator('#unread').innerText())).toBeGreaterThan(before),
    );
  });

  test('is a plain page without JavaScript, with a way to look again', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const window = await open(scene.ada, `/orders/${id}`, false);
    await scene.as.noor.post(`/orders/${id}/messages`, { body: 'Are you there?' });
    await window.click('text=Look for new messages');
    expect(await window.locator('.message').last().innerText()).toContain('Are you there?');
  });
});
