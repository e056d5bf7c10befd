import { randomUUID } from 'node:crypto';
import type { Router } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLiveHub, type LiveHub } from '../../../src/live/hub.ts';
import { createRateLimits } from '../../../src/middleware/rate-limits.ts';
import { contentSecurityPolicy } from '../../../src/middleware/security-headers.ts';
import { pageRoutes } from '../../../src/routes.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { signUp, type Client } from '../../support/client.ts';
import { whopConfig } from '../../support/whop-wire.ts';
import { idOf, verifiedSeller } from '../../support/sellers.ts';
import { openShop, type Shop } from '../../support/shop.ts';

/** The pages that host the checkout or an element; every other page is strict. */
const CHECKOUT = ['/gigs/:slug', '/gigs/:slug/order', '/checkouts/:id', '/checkout/complete'];
const ELEMENTS = ['/sell/onboarding', '/sell/payouts', '/orders/:id', '/sell/orders/:id'];

let app: TestApp;
let live: LiveHub;
let shop: Shop;
let noor: Client;
let checkoutId: string;
let orderId: string;

beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  live = openLiveHub(app.config.databaseUrl, app.services.logger);
  shop = await openShop(app);
  noor = await verifiedSeller(app, 'Noor Haddad');
  checkoutId = await order();
  const { whop_checkout_id: whopId } = await checkout();
  await app.emulator.pay(whopId);
  orderId = (await noor.get(`/checkout/complete?checkout=${checkoutId}`)).headers.location!.split('/').at(-1)!;
  checkoutId = await order();
});
afterAll(async () => {
  await live.close();
  await app.stop();
});

/** Noor buys too; returns the checkout. */
async function order(): Promise<string> {
  await noor.get(`/gigs/${shop.slug}/order`);
  const choice = { gig: shop.gigId, package: 'basic', quantity: 1, form_key: randomUUID() };
  return (await noor.post('/checkouts', choice)).headers.location!.split('/').at(-1)!;
}
const checkout = (): Promise<{ whop_checkout_id: string }> =>
  app.database.withSystem('jobs', (trx) => trx('whop_checkout_configs').where({ id: checkoutId }).first());

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/** Every address that answers a GET, as the routers know it. */
const addresses = (layers: Layer[]): string[] =>
  layers.flatMap(({ route, handle }) => {
    if (route) return route.methods.get ? [route.path] : [];
    return handle.stack ? addresses(handle.stack) : [];
  });

const walk = (): string[] => {
  const router = pageRoutes(app.services, createRateLimits(), live) as Router & { stack: Layer[] };
  return [...new Set(addresses(router.stack as Layer[]))];
};

function fill(route: string): string {
  const id = route.startsWith('/checkouts') ? checkoutId : route.includes('/orders/') ? orderId : randomUUID();
  return route
    .replace(':id', id)
    .replace(':slug', shop.slug)
    .replace(':username', 'noor')
    .replace(/:\w+/g, randomUUID())
    .replace('/checkout/complete', `/checkout/complete?checkout=${checkoutId}`);
}

/** Addresses for scripts, the stream that never ends, and the one that ends the session. */
const isPage = (route: string): boolean => !route.startsWith('/api/') && route !== '/events' && route !== '/logout';

const opening = (route: string) =>
  ELEMENTS.includes(route) ? 'elements' : CHECKOUT.includes(route) ? 'checkout' : 'none';

test('the routers are walked: the hosting pages are among many', () => {
  const routes = walk();
  expect(routes.length).toBeGreaterThan(40);
  for (const route of [...CHECKOUT, ...ELEMENTS]) expect(routes).toContain(route);
});

test('each page has the policy of what it hosts, and no page hosts what its policy keeps out', async () => {
  const seen: Record<string, number> = { none: 0, checkout: 0, elements: 0 };
  for (const route of walk().filter(isPage)) {
    const response = await noor.get(fill(route));
    const wanted = response.status < 400 ? opening(route) : 'none';
    expect(response.headers['content-security-policy'], route).toBe(contentSecurityPolicy(app.config, wanted));
    expect(response.headers['cross-origin-opener-policy'], route).toBe(
      wanted === 'none' ? 'same-origin' : 'same-origin-allow-popups',
    );
    expect(response.headers['cross-origin-embedder-policy'], route).toBeUndefined();
    expect(/payment=\(\)/.test(response.headers['permissions-policy']!), route).toBe(wanted === 'none');
    if (response.status !== 200) continue;
    if (/<whop-embed/.test(response.text) && route !== '/styleguide') expect(wanted, route).toBe('elements');
    if (/<checkout-embed|hx-target="#panel-body"/.test(response.text) && route !== '/styleguide')
      expect(wanted, route).not.toBe('none');
    seen[wanted]! += 1;
  }
  expect(seen.checkout).toBeGreaterThanOrEqual(3);
  expect(seen.elements).toBeGreaterThanOrEqual(3);
});

describe('an answer in words where a frame would have been', () => {
  const closed = (response: Awaited<ReturnType<Client['get']>>) => {
    expect(response.headers['content-security-policy']).toBe(contentSecurityPolicy(app.config, 'none'));
    expect(response.headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(response.headers['permissions-policy']).toContain('payment=()');
    expect(response.text).not.toMatch(/<(whop|checkout)-embed/);
    return response.status;
  };

  test.each([...CHECKOUT, ...ELEMENTS].filter((route) => /:/.test(route)))('404 on %s', async (route) => {
    expect(closed(await noor.get(route.replace(':id', randomUUID()).replace(':slug', 'no-such-gig')))).toBe(404);
  });

  test('404 for no gig, 403 for the suspended, 503 while Whop is away', async () => {
    const choice = (gig: string) => ({ gig, package: 'basic', quantity: 1, form_key: randomUUID() });
    expect(closed(await noor.post('/checkouts', choice(randomUUID())))).toBe(404);
    const ada = await signUp(app, 'Ada Suspended');
    const suspended = { id: await idOf(app, ada) };
    await app.database.withSystem('jobs', (trx) => trx('users').where(suspended).update({ suspended_at: new Date() }));
    expect(closed(await ada.post('/checkouts', choice(shop.gigId)))).toBe(403);

    const id = await order();
    await app.database.withSystem('jobs', (trx) =>
      trx('whop_checkout_configs').where({ id }).update({ status: 'creating', whop_checkout_id: null }),
    );
    await app.emulator.faults({ api: { status: 500, rate: 1 } });
    expect(closed(await noor.get(`/checkouts/${id}`))).toBe(503);
    await app.emulator.faults({});
  });

  test('but options to be corrected (422) keep the room: the checkout follows in the same panel', async () => {
    const wrong = await noor.post('/checkouts', { gig: shop.gigId, package: 'no-such', quantity: 1 });
    expect(wrong.status).toBe(422);
    expect(wrong.headers['content-security-policy']).toBe(contentSecurityPolicy(app.config, 'checkout'));
  });
});

const directives = (policy: string): Record<string, string> =>
  Object.fromEntries(policy.split('; ').map((one) => [one.split(' ')[0]!, one.split(' ').slice(1).join(' ')]));

describe('the policy, word for word', () => {
  test('with the emulator: the smallest that carries all journeys (contract D.8)', () => {
    const base = 'http://localhost:4100';
    const config = whopConfig();
    const strict = directives(contentSecurityPolicy(config, 'none'));
    expect(strict).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'frame-src': "'none'",
      'form-action': "'self'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
      'object-src': "'none'",
      'manifest-src': "'self'",
    });
    expect(directives(contentSecurityPolicy(config, 'checkout'))).toEqual({ ...strict, 'frame-src': base });
    expect(directives(contentSecurityPolicy(config, 'elements'))).toEqual({
      ...strict,
      'frame-src': base,
      'script-src': `'self' ${base}`,
      'img-src': `'self' data: ${base}`,
    });
  });

  test.each([
    ['sandbox', 'https://sandbox-api.whop.com'],
    ['production', 'https://api.whop.com'],
  ])('%s: the hosts of contract section 12, no pixel, nothing inline', (environment, api) => {
    const config = whopConfig({ WHOP_ENVIRONMENT: environment });
    const frames = 'https://whop.com https://*.whop.com https://*.elements.whop.com';
    expect(directives(contentSecurityPolicy(config, 'checkout'))).toMatchObject({
      'script-src': "'self'",
      'style-src': "'self'",
      'connect-src': "'self'",
      'frame-src': frames,
    });
    const elements = contentSecurityPolicy(config, 'elements');
    expect(directives(elements)).toMatchObject({
      'script-src': "'self' https://apollo.elements.whop.com",
      'style-src': "'self'",
      'img-src': "'self' data: blob: https://*.whop.com",
      'connect-src': `'self' ${api} https://*.whop.com https://*.elements.whop.com wss://*.whop.com wss://*.elements.whop.com`,
      'frame-src': frames,
    });
    expect(elements).not.toMatch(/unsafe|nonce|t\.whop\.tw|plaid/);
  });
});
