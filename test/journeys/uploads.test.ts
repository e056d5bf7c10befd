import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser, newContext } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { orderIn, PASSWORD, setScene, type Scene, type TestPerson } from '../support/orders.ts';
import { filesOf } from '../support/uploads.ts';

const MB = 1024 * 1024;
const menu = {
  name: 'Menü.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(MB)]),
};

describe.skipIf(!hasBrowser())('sending files', () => {
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

  async function open(person: TestPerson, address: string, javaScriptEnabled = true) {
    const window = await (await newContext({ javaScriptEnabled })).newPage();
    const troubles: string[] = [];
    window.on('pageerror', ({ message }) => !/^Transition was/.test(message) && troubles.push(message));
    await window.goto(`${app.url}/login?next=${encodeURIComponent(address)}`);
    await window.fill('#email', person.email);
    await window.fill('#password', PASSWORD);
    await Promise.all([window.waitForURL(app.url + address), window.click('main form button')]);
    return { window, troubles };
  }

  test.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ])('%s: message, draft, delivery; the other side saves the file', async (_name, scripted) => {
    const id = await orderIn(app, scene, 'in_progress');
    const { window, troubles } = await open(scene.noor, `/sell/orders/${id}`, scripted);
    await window.setInputFiles('#message-files', menu);
    await window.click('#message-send');
    await window.waitForSelector('.message .files a');

    await window.setInputFiles('#files', [menu, { ...menu, name: 'wrong.pdf' }]);
    await window.click('#delivery-draft');
    await window.waitForSelector('#delivery-form .files a');
    expect(await window.inputValue('#files')).toBe('');
    await window.getByLabel('Remove wrong.pdf').check();
    await window.fill('#message', 'Here is your menu.');
    await window.click('#delivery-send');
    await window.waitForSelector('[data-order-status=delivered]');
    expect((await filesOf(app, id)).filter(({ delivery_id }) => delivery_id).map(({ name }) => name)).toEqual([
      'Menü.pdf',
    ]);

    const ada = await open(scene.ada, `/orders/${id}`, scripted);
    const [download] = await Promise.all([
      ada.window.waitForEvent('download'),
      ada.window.getByRole('link', { name: 'Download Menü.pdf' }).first().click(),
    ]);
    expect(download.suggestedFilename()).toBe('Menü.pdf');
    expect([...troubles, ...ada.troubles]).toEqual([]);
  });

  test('with JavaScript the way is shown and can be stopped; then nothing was sent and the files are still chosen', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const { window, troubles } = await open(scene.noor, `/sell/orders/${id}`);
    const line = await window.context().newCDPSession(window);
    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: 200 * 1024,
    });
    await window.setInputFiles('#files', { ...menu, buffer: Buffer.alloc(4 * MB) });
    await window.fill('#message', 'Half-way');
    await window.click('#delivery-send');
    await window.getByText(/of 4\.0 MB/).waitFor();
    await window.getByRole('button', { name: 'Stop' }).click();
    await window.getByText('Stopped. Nothing was sent.').waitFor();
    await eventually(async () => expect(await filesOf(app, id)).toEqual([]));
    expect(await window.getAttribute('#workspace', 'data-order-status')).toBe('in_progress');
    expect([await window.inputValue('#message'), await window.inputValue('#files')]).toEqual([
      'Half-way',
      expect.stringContaining('Menü.pdf'),
    ]);

    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
    await window.click('#delivery-send');
    await window.waitForSelector('[data-order-status=delivered]');
    expect(troubles).toEqual([]);
  });

  test.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ])('%s: a problem reported on its own page, with files; then the order’s page', async (_name, scripted) => {
    const id = await orderIn(app, scene, 'delivered');
    const { window, troubles } = await open(scene.ada, `/orders/${id}/disputes`, scripted);
    await window.setInputFiles('#files', menu);
    await window.click('#dispute-form .button.danger');
    await window.locator('#reason-error').waitFor();
    await window.fill('#reason', 'The prices are wrong.');
    await window.setInputFiles('#files', menu);
    if (scripted) {
      const line = await window.context().newCDPSession(window);
      const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400 * 1024 };
      await line.send('Network.emulateNetworkConditions', slow);
    }
    await window.click('#dispute-form .button.danger');
    if (scripted) await window.getByText(/of 1\.0 MB/).waitFor();
    await window.locator('#workspace[data-order-status=disputed]').waitFor();
    expect(new URL(window.url()).pathname).toBe(`/orders/${id}`);
    expect(await window.locator('.flash').first().textContent()).toContain('The problem is reported.');
    expect(await window.locator('#dispute .files a').first().textContent()).toContain('Menü.pdf');
    if (scripted) {
      await window.goBack();
      await window.waitForURL(`${app.url}/orders/${id}/disputes`);
    }
    expect(troubles).toEqual([]);
  });

  test('too large a file is told before it is sent, and by the server too', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const large = { ...menu, name: 'film.mov', buffer: Buffer.alloc(25 * MB + 1) };
    const { window } = await open(scene.noor, `/sell/orders/${id}`);
    await window.setInputFiles('#files', large);
    expect(await window.evaluate(`document.querySelector('#files').validationMessage`)).toContain('larger than 25 MB');
    await window.setInputFiles('#files', { ...menu, buffer: Buffer.alloc(0) });
    await window.click('#delivery-send');
    await window.waitForSelector('#delivery-form #files-error');
    expect(await window.textContent('#files-error')).toContain('“Menü.pdf” is empty');
    // Past the browser's own check, as a file that grew since it was chosen.
    await window.setInputFiles('#files', large);
    await window.evaluate(`document.querySelector('#files').setCustomValidity('')`);
    await window.click('#delivery-send');
    await window.waitForSelector('#workspace #delivery-form #files-error:has-text("film.mov")');

    const plain = await open(scene.noor, `/sell/orders/${id}`, false);
    await plain.window.setInputFiles('#files', large);
    await plain.window.fill('#message', 'My film');
    await plain.window.click('#delivery-send');
    await plain.window.getByText('“film.mov” is larger than 25 MB').first().waitFor();
    expect(await plain.window.inputValue('#message')).toBe('My film');
    expect(await filesOf(app, id)).toEqual([]);
  }, 60_000);
});
