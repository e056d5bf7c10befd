import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { clock } from '../../src/clock.ts';
import type { Actor } from '../../src/database.ts';
import { ORDER_STATUSES, type OrderStatus } from '../../src/models/order/order-process.ts';
import { findWorkspace } from '../../src/models/order/workspace.ts';
import { presentTurn } from '../../src/presenters/order/turn.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser } from '../support/browser.ts';
import { lookAt, openWindow, sendForm, structureOf, waysOut } from '../support/order-pages.ts';
import { buildTown, tell, VARIANTS, type Scenery, type Town } from '../support/order-stories.ts';
import { transact } from '../support/orders.ts';
import { allRoutes } from '../support/routes.ts';

const READERS = ['buyer', 'guest', 'seller', 'admin'] as const;
type Reader = (typeof READERS)[number];

/** The buttons of a page from top to bottom, besides that of the messages; links and all words stand in the fixtures. */
const BUTTONS: Record<Scenery, Partial<Record<Exclude<Reader, 'guest'>, string[]>>> = {
  awaiting_requirements: { buyer: ['Send the brief', 'Save draft'] },
  in_progress: { buyer: ['Change your answers'], seller: ['Deliver', 'Save draft'] },
  delivered: { buyer: ['Accept delivery', 'Send and use 1 of 2 rounds'] },
  revision_requested: { seller: ['Deliver', 'Save draft'] },
  completed: { buyer: ['Send review'], seller: ['Send review'] },
  cancel_requested: { buyer: ['Withdraw'], seller: ['Agree and cancel', 'Decline'] },
  cancelled: {},
  disputed: {
    buyer: ['Add statement', 'Withdraw the report'],
    seller: ['Add statement'],
    admin: ['Decide about this order', 'Add statement'],
  },
  refunded: {},
  late: { buyer: ['Change your answers'], seller: ['Deliver', 'Save draft'] },
  'last-round-used': { buyer: ['Accept delivery'] },
  'seller-asks-to-cancel': { buyer: ['Agree and cancel', 'Decline'], seller: ['Withdraw'] },
  'more-time-asked': {
    buyer: ['Agree to 2 more days', 'Decline', 'Change your answers'],
    seller: ['Withdraw', 'Deliver', 'Save draft'],
  },
  'settlement-asked': {
    buyer: ['Agree to a refund of $20.00', 'Decline', 'Add statement', 'Withdraw the report'],
    seller: ['Withdraw', 'Add statement'],
    admin: ['Decide about this order', 'Add statement'],
  },
};

/** What nobody can do while an order stands so, as a second window would still offer it. */
const WRONG_MOMENT = {
  buyer: (status: OrderStatus) => (status === 'delivered' ? 'requirements' : 'revisions'),
  seller: (status: OrderStatus) =>
    status === 'in_progress' || status === 'revision_requested' ? 'unstarted-cancellation' : 'deliveries',
};

const sceneries: readonly Scenery[] = [...ORDER_STATUSES, ...VARIANTS];
const isState = (scenery: Scenery): boolean => (ORDER_STATUSES as readonly string[]).includes(scenery);
const pages = sceneries.flatMap((scenery) => READERS.map((reader) => [scenery, reader] as const));

describe.skipIf(!hasBrowser())('the page of an order, in each state, for each reader', () => {
  let app: TestApp;
  let town: Town;
  let routes: { method: string; pattern: RegExp }[];
  const windows = new Map<Reader, Awaited<ReturnType<typeof openWindow>>>();
  const orders = new Map<string, Promise<string>>();
  const strips = new Set<string>();
  /** Where each reader has been led to already. */
  const followed = new Set<string>();

  beforeAll(async () => {
    app = await startTestApp();
    town = await buildTown(app);
    const who = { buyer: town.ada, guest: town.guest, seller: town.noor, admin: town.mina };
    for (const reader of READERS) windows.set(reader, await openWindow(app, who[reader]));
    const { handler, close } = createApp(app.services);
    routes = allRoutes(handler).map((route) => {
      const [method = '', address = ''] = route.split(' ');
      return { method, pattern: new RegExp(`^${address.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`) };
    });
    await close();
  });
  afterAll(async () => {
    clock.set(null);
    await closeBrowser();
    await app.stop();
  });

  const open = async (scenery: Scenery, reader: Reader): Promise<{ window: Page; troubles: string[]; id: string }> => {
    const buyer = reader === 'guest' ? 'guest' : 'buyer';
    const key = `${scenery} ${buyer}`;
    if (!orders.has(key)) orders.set(key, tell(town, scenery, buyer));
    const id = await orders.get(key)!;
    const { window, troubles } = windows.get(reader)!;
    troubles.length = 0;
    await window.goto(`${app.url}${reader === 'seller' ? '/sell' : ''}/orders/${id}`, { waitUntil: 'load' });
    return { window, troubles, id };
  };

  /** What the presenter says to this reader. */
  async function turnOf(id: string, reader: Reader) {
    const { ada, guest, noor, mina } = town;
    const actors: Record<Reader, Actor> = {
      buyer: ada.actor,
      guest: { role: 'guest', id: guest.id },
      seller: noor.actor,
      admin: mina.actor,
    };
    const zones = { buyer: 'Europe/London', guest: 'UTC', seller: 'Asia/Amman', admin: 'Europe/Berlin' };
    const asker = { actor: actors[reader], suspended: false };
    const order = await transact(app, asker.actor, (trx) => findWorkspace(trx, id));
    return presentTurn(order!, { role: reader === 'guest' ? 'buyer' : reader, asker, zone: zones[reader] });
  }

  test.each(pages)('%s, for the %s', async (scenery, reader) => {
    const { window, troubles, id } = await open(scenery, reader);
    const turn = await turnOf(id, reader);
    const strip = window.locator('main .turn');
    expect(await strip.locator('h2').textContent()).toBe(turn.heading);
    expect(await strip.locator('h2 + p').textContent()).toBe(turn.text);
    if (isState(scenery)) strips.add(`${reader}: ${turn.heading} ${turn.text}`);

    const buttons = await window.locator('main :is(button, a.button):visible').allTextContents();
    expect(buttons.map((text) => text.trim()).filter((text) => text !== 'Send message')).toEqual(
      BUTTONS[scenery][reader === 'guest' ? 'buyer' : reader] ?? [],
    );
    const ways = await waysOut(window);
    for (const { method, path } of ways) {
      expect([method, path, routes.some((route) => route.method === method && route.pattern.test(path))]).toEqual([
        method,
        path,
        true,
      ]);
      if (method === 'POST' || followed.has(`${reader} ${path}`)) continue;
      followed.add(`${reader} ${path}`);
      expect([path, (await window.request.get(app.url + path)).status()]).toEqual([path, 200]);
    }

    const name = `${scenery}-${reader}`.replaceAll('_', '-');
    await expect(await structureOf(window)).toMatchFileSnapshot(`../fixtures/order-states/${name}.yml`);
    const closely = reader === READERS[sceneries.indexOf(scenery) % READERS.length];
    expect([
      ...(await lookAt(window, name, 'phone', 'light')),
      ...(closely
        ? [
            ...(await lookAt(window, name, 'desktop', 'light')),
            ...(await lookAt(window, name, 'phone', 'dark')),
            ...(await lookAt(window, name, 'desktop', 'dark')),
          ]
        : []),
      ...troubles,
    ]).toEqual([]);
  });

  test.each(ORDER_STATUSES)('%s, where the admin decides', async (status) => {
    const { window, troubles, id } = await open(status, 'admin');
    await window.goto(`${app.url}/admin/orders/${id}`, { waitUntil: 'load' });
    expect(await window.locator('main h1').count()).toBe(1);
    const name = `decision-${status}-admin`.replaceAll('_', '-');
    expect([...(await lookAt(window, name, 'phone', 'light')), ...troubles]).toEqual([]);
  });

  test.each(
    ORDER_STATUSES.flatMap((status) => (['buyer', 'seller'] as const).map((reader) => [status, reader] as const)),
  )(
    'at a wrong moment, %s, for the %s: where the order stands, the text that was typed, and the way on',
    async (status, reader) => {
      const { window, troubles, id } = await open(status, reader);
      const act = WRONG_MOMENT[reader](status);
      const typed = 'The espresso on page 2 should be 2.50.';
      const answer = window.waitForResponse((response) => response.request().method() === 'POST');
      await sendForm(window, `/orders/${id}/${act}`, { reason: typed });
      expect((await answer).status()).toBe(409);
      await window.locator('#wrong-state-title').waitFor();
      expect(await window.getAttribute('#workspace', 'data-order-status')).toBe(status);
      expect(await window.locator('blockquote').textContent()).toBe(typed);
      const name = `wrong-moment-${status}-${reader}`.replaceAll('_', '-');
      await expect(await structureOf(window)).toMatchFileSnapshot(`../fixtures/order-states/${name}.yml`);
      expect([...(await lookAt(window, name, 'phone', 'light')), ...troubles]).toEqual([]);
      await window.getByRole('link', { name: 'Go to the order' }).click();
      await window.locator(`.workspace[data-order-status="${status}"]`).waitFor();
    },
  );

  test('each state has words of its own for each reader', () => {
    expect(strips.size).toBe(ORDER_STATUSES.length * READERS.length);
    // A guest reads what a buyer reads; nobody else shares words.
    const words = [...strips].filter((strip) => !strip.startsWith('guest')).map((strip) => strip.replace(/^\w+: /, ''));
    expect(new Set(words).size).toBe(words.length);
  });
});
