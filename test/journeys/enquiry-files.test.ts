import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser, newContext } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { createPerson, PASSWORD, setScene, type Scene, type TestPerson } from '../support/orders.ts';
import { filesOf } from '../support/uploads.ts';

const MB = 1024 * 1024;
const sketch = {
  name: 'Skizze.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(MB)]),
};

describe.skipIf(!hasBrowser())('files before an order', () => {
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

  async function open(person: TestPerson, address: string, javaScriptEnabled: boolean) {
    const window = await (await newContext({ javaScriptEnabled })).newPage();
    const troubles: string[] = [];
    window.on('pageerror', ({ message }) => !/^Transition was/.test(message) && troubles.push(message));
    await window.goto(`${app.url}/login?next=${encodeURIComponent(address)}`);
    await window.fill('#email', person.email);
    await window.fill('#password', PASSWORD);
    await Promise.all([window.waitForURL(app.url + address), window.click('main form button')]);
    return { window, troubles };
  }

  /** Asks about Noor's gig with a sketch. @returns the thread's path and id */
  async function ask(person: TestPerson, scripted: boolean) {
    const { window, troubles } = await open(person, `/conversations/new?gig=${scene.shop.gigId}`, scripted);
    await window.fill('#body', 'Can you print this?');
    await window.setInputFiles('#files', sketch);
    await Promise.all([
      window.waitForURL(/\/messages\//),
      window.getByRole('button', { name: 'Send question' }).click(),
    ]);
    await window.getByRole('link', { name: 'Download Skizze.pdf' }).waitFor();
    const path = new URL(window.url()).pathname;
    return { window, troubles, path, id: path.split('/')[2]! };
  }

  test.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ])('%s: a question with a sketch, an answer that is a file alone, and what was seen', async (name, scripted) => {
    const ada = await ask(await createPerson(app, `Ada ${name}`), scripted);
    expect(await ada.window.getByText('Seen', { exact: true }).count()).toBe(0);

    const noor = await open(scene.noor, ada.path, scripted);
    const [download] = await Promise.all([
      noor.window.waitForEvent('download'),
      noor.window.getByRole('link', { name: 'Download Skizze.pdf' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('Skizze.pdf');
    await noor.window.setInputFiles('#message-files', { ...sketch, name: 'Proof.pdf' });
    await noor.window.click('#message-send');
    await noor.window.getByRole('link', { name: 'Download Proof.pdf' }).waitFor();
    expect(await noor.window.inputValue('#message-files')).toBe('');

    await ada.window.reload();
    await ada.window.getByRole('link', { name: 'Download Proof.pdf' }).waitFor();
    expect(await ada.window.locator('.message').first().getByText('Seen', { exact: true }).count()).toBe(1);
    expect((await filesOf(app, ada.id)).map((file) => file.name)).toEqual(['Skizze.pdf', 'Proof.pdf']);
    expect([...ada.troubles, ...noor.troubles]).toEqual([]);
  });

  test('with JavaScript the way is shown and can be stopped; then nothing was sent and the file is still chosen', async () => {
    const { window, troubles, id } = await ask(await createPerson(app, 'Ada Stopping'), true);
    const line = await window.context().newCDPSession(window);
    const speed = (uploadThroughput: number) =>
      line.send('Network.emulateNetworkConditions', {
        ...{ offline: false, latency: 0, downloadThroughput: -1 },
        uploadThroughput,
      });
    await speed(200 * 1024);
    await window.setInputFiles('#message-files', { ...sketch, name: 'film.mov', buffer: Buffer.alloc(4 * MB) });
    await window.fill('#message-body', 'Half-way');
    await window.click('#message-send');
    await window.getByText(/of 4\.0 MB/).waitFor();
    await window.getByRole('button', { name: 'Stop' }).click();
    await window.getByText('Stopped. Nothing was sent.').waitFor();
    await eventually(async () => expect(await filesOf(app, id)).toHaveLength(1));
    expect([await window.inputValue('#message-body'), await window.inputValue('#message-files')]).toEqual([
      'Half-way',
      expect.stringContaining('film.mov'),
    ]);
    await speed(-1);
    await window.click('#message-send');
    await window.getByRole('link', { name: 'Download film.mov' }).waitFor();
    expect(troubles).toEqual([]);
  });
});
