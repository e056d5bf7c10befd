import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser } from '../support/browser.ts';
import { lookAt, openWindow } from '../support/order-pages.ts';
import { orderIn, setScene, type Scene } from '../support/orders.ts';

describe.skipIf(!hasBrowser())('the record of an order on paper', () => {
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

  test('prints light, over the whole sheet, without what can only be pressed', async () => {
    const id = await orderIn(app, scene, 'delivered');
    const { window, troubles } = await openWindow(app, scene.ada);
    await window.goto(`${app.url}/orders/${id}/record`);
    const printed = window.getByText('To keep a copy');
    expect(await printed.isVisible()).toBe(true);
    expect(await lookAt(window, 'record', 'phone', 'light')).toEqual([]);

    // A4 at 96 dots an inch, less the margins.
    await window.setViewportSize({ width: 672, height: 987 });
    await window.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const unprinted of [
      printed,
      window.locator('header.band'),
      window.locator('footer.site'),
      window.locator('#record > .t1'),
    ])
      expect(await unprinted.isVisible()).toBe(false);
    const look = await window.evaluate(`(() => {
      const root = document.documentElement;
      const { left, width } = document.querySelector('#record').getBoundingClientRect();
      return { scheme: getComputedStyle(root).colorScheme, left, width, over: root.scrollWidth };
    })()`);
    expect(look).toEqual({ scheme: 'light', left: 0, width: 672, over: 672 });
    for (const heading of ['What was bought', 'Money', 'The brief', 'Deliveries', 'History'])
      expect(await window.getByRole('heading', { name: heading, exact: true }).isVisible()).toBe(true);
    await window.screenshot({ path: 'test/report/screens/record-paper.png', fullPage: true });
    const sheets = await window.pdf({ format: 'A4', preferCSSPageSize: true });
    expect(sheets.subarray(0, 5).toString()).toBe('%PDF-');
    expect(troubles).toEqual([]);
  });
});
