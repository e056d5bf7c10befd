import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser, newContext } from '../support/browser.ts';
import { asSystem, PASSWORD, setScene, type Scene, type TestPerson } from '../support/orders.ts';
import { phonePhoto, picture, sendPictures } from '../support/pictures.ts';

const SCHEMES = [
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const;

describe.skipIf(!hasBrowser())('pictures', () => {
  let app: TestApp;
  let scene: Scene;
  let editor: string;

  beforeAll(async () => {
    app = await startTestApp();
    scene = await setScene(app);
    editor = `/sell/gigs/${scene.shop.gigId}/edit`;
  });
  beforeEach(() => asSystem(app, (trx) => trx('gig_images').delete()));
  afterAll(async () => {
    await closeBrowser();
    await app.stop();
  });

  async function open(person: TestPerson, address: string, javaScriptEnabled = true) {
    const window = await (await newContext({ javaScriptEnabled })).newPage();
    const troubles: string[] = [];
    window.on('pageerror', ({ message }) => !/^Transition was/.test(message) && troubles.push(message));
    window.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    await window.goto(`${app.url}/login?next=${encodeURIComponent(address)}`);
    await window.fill('#email', person.email);
    await window.fill('#password', PASSWORD);
    await Promise.all([window.waitForURL(app.url + address), window.click('main form button')]);
    return { window, troubles };
  }

  const faults = async (window: Page) =>
    (await new AxeBuilder({ page: window }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
  /** Which pictures the browser has drawn. */
  const drawn = (window: Page, which = '.pictures img') =>
    window.evaluate<boolean[]>(
      `[...document.querySelectorAll('${which}')].map(({ naturalWidth }) => naturalWidth > 0)`,
    );
  const files = async () => [
    { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: await phonePhoto() },
    { name: 'menu.png', mimeType: 'image/png', buffer: await picture({ colour: '#1e4d2b' }) },
  ];

  test.each(SCHEMES)('%s: add two, describe one, make it the cover, take the other out', async (_name, scripted) => {
    const { window, troubles } = await open(scene.noor, editor, scripted);
    const title = scripted ? 'Menu that I am still writing' : await window.inputValue('#title');
    await window.fill('#title', title);
    await window.setInputFiles('#images', await files());
    await window.click('#add-pictures button');
    await window.waitForSelector('.pictures > li:nth-child(2)');
    await window.getByText('2 pictures added.').waitFor();
    await expect.poll(() => drawn(window)).toEqual([true, true]);
    expect(await window.inputValue('#images')).toBe('');

    const second = window.getByRole('form', { name: 'Picture 2' });
    await second.getByLabel('What it shows').fill('A folded menu');
    await second.getByRole('button', { name: 'Move up' }).click();
    await window.getByText('It is picture 1 now.').waitFor();
    const cover = window.getByRole('form', { name: 'Picture 1, the cover' });
    expect(await cover.getByLabel('What it shows').inputValue()).toBe('A folded menu');
    await window.getByRole('form', { name: 'Picture 2' }).getByRole('button', { name: 'Remove' }).click();
    await window.getByText('The picture is taken out.').waitFor();
    expect(await window.locator('.pictures > li').count()).toBe(1);
    expect(await window.inputValue('#title')).toBe(title);
    if (scripted) expect(await faults(window)).toEqual([]);
    expect(await window.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    if (process.env.PICTURES_OF_PAGES) {
      await window.screenshot({ path: `${process.env.PICTURES_OF_PAGES}/editor-${scripted}.png`, fullPage: true });
      await window.setViewportSize({ width: 320, height: 800 });
      await window.screenshot({ path: `${process.env.PICTURES_OF_PAGES}/editor-${scripted}-320.png`, fullPage: true });
    }
    expect(troubles).toEqual([]);
  });

  test.each(SCHEMES)('%s: what is no picture is told at its field, and the next try works', async (_name, scripted) => {
    const { window } = await open(scene.noor, editor, scripted);
    await window.setInputFiles('#images', { name: 'menu.png', mimeType: 'image/png', buffer: Buffer.from('<html>') });
    await window.click('#add-pictures button');
    await window.waitForSelector('#images-error');
    expect(await window.textContent('#images-error')).toContain('“menu.png” is not a picture');
    expect(await window.getAttribute('.error-summary a', 'href')).toBe('#images');
    if (scripted) expect(await faults(window)).toEqual([]);
    await window.setInputFiles('#images', (await files())[1]!);
    await window.click('#add-pictures button');
    await window.getByText('One picture added.').waitFor();
    expect(await window.locator('#images-error').count()).toBe(0);
  });

  test('with JavaScript the way is shown, too large a file is told before it goes, and the focus stays', async () => {
    const { window, troubles } = await open(scene.noor, editor);
    await window.setInputFiles('#images', {
      name: 'x.png',
      mimeType: 'image/png',
      buffer: Buffer.alloc(10 * 1024 * 1024 + 1),
    });
    expect(await window.evaluate(`document.querySelector('#images').validationMessage`)).toContain('larger than 10 MB');
    const nine = Array(9).fill((await files())[1]!);
    await window.setInputFiles('#images', nine);
    expect(await window.evaluate(`document.querySelector('#images').validationMessage`)).toContain('at most 8 files');
    const line = await window.context().newCDPSession(window);
    const speed = (uploadThroughput: number) =>
      line.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput,
      });
    await speed(150 * 1024);
    const noise = Buffer.alloc(1024 * 1024, 'not a picture ');
    await window.setInputFiles('#images', { name: 'slow.png', mimeType: 'image/png', buffer: noise });
    await window.click('#add-pictures button');
    await window.getByText(/of 1\.0 MB/).waitFor();
    await window.getByRole('button', { name: 'Stop' }).click();
    await window.getByText('Stopped. Nothing was sent.').waitFor();
    await speed(-1);
    await window.setInputFiles('#images', nine.slice(0, 3));
    await window.click('#add-pictures button');
    await window.getByText('3 pictures added.').waitFor();
    const third = await window.getAttribute('.pictures > li:nth-child(3)', 'id');
    await window.getByRole('button', { name: 'Move up picture 3' }).focus();
    await window.keyboard.press('Enter');
    await window.getByText('It is picture 2 now.').waitFor();
    expect(await window.evaluate('document.activeElement.id')).toBe(third!.replace('picture-', 'up-'));
    expect(troubles).toEqual([]);
  });

  test.each(SCHEMES)('%s: who saves data gets no picture before he taps it', async (_name, scripted) => {
    const { noor } = scene.as;
    await sendPictures(
      noor,
      scene.shop.gigId,
      (await files()).map(({ name, buffer }) => ({ name, bytes: buffer })),
    );
    await noor.post(`/sell/gigs/${scene.shop.gigId}/review`);
    const [{ number }] = await asSystem(app, (trx) =>
      trx('gig_revisions').where({ gig_id: scene.shop.gigId, status: 'review' }).select('number'),
    );
    await scene.as.mina.post(`/admin/gigs/${scene.shop.gigId}/approval`, { revision: number });
    const context = await newContext({ javaScriptEnabled: scripted });
    const asked: string[] = [];
    context.on('request', (request) => request.resourceType() === 'image' && asked.push(request.url()));
    await context.setExtraHTTPHeaders({ 'Save-Data': 'on' });
    const window = await context.newPage();
    const pictures = () => asked.filter((address) => address.includes('/images/'));
    for (const address of ['/search', `/gigs/${scene.shop.slug}`]) {
      await window.goto(app.url + address, { waitUntil: 'networkidle' });
      expect([address, pictures()]).toEqual([address, []]);
    }
    if (scripted) expect(await faults(window)).toEqual([]);
    await window.getByText('Show the picture').click();
    await expect.poll(pictures).toHaveLength(1);
    await expect.poll(() => drawn(window, '.gallery > .cover img')).toEqual([true]);
    if (process.env.PICTURES_OF_PAGES)
      await window.screenshot({ path: `${process.env.PICTURES_OF_PAGES}/saving-${scripted}.png` });
  });

  test.each(SCHEMES)(
    '%s: a face in the account is shown in the header and on the profile, and taken away',
    async (_name, scripted) => {
      const { window, troubles } = await open(scene.ada, '/account', scripted);
      await window.setInputFiles('#avatar', (await files())[0]!);
      await window.getByRole('button', { name: 'Send picture' }).click();
      await window.getByText('Your picture is shown beside your name now.').waitFor();
      await expect.poll(() => drawn(window, 'img.avatar')).not.toContain(false);
      expect(await window.locator('header img.avatar').count()).toBe(1);
      if (scripted) expect(await faults(window)).toEqual([]);
      if (process.env.PICTURES_OF_PAGES)
        await window.screenshot({ path: `${process.env.PICTURES_OF_PAGES}/account-${scripted}.png`, fullPage: true });
      await window.getByRole('button', { name: 'Take my picture away' }).click();
      await window.getByText('Your picture is taken away.').waitFor();
      expect(await window.locator('img.avatar').count()).toBe(0);
      expect(troubles).toEqual([]);
    },
  );
});
