import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { signUp, type Client } from '../../support/client.ts';
import { openSeller } from '../../support/sellers.ts';
import { openShop, type Shop } from '../../support/shop.ts';

/**
 * What contract appendix D saw fail without a word, as far as the server decides it. The rest is proven in a browser
 * (test/journeys/embeds.test.ts), by the markup (test/views/whop-markup.test.ts) and by the policies (policy.test.ts).
 */
let app: TestApp;
let shop: Shop;
let ada: Client;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  shop = await openShop(app);
  ada = await signUp(app, 'Ada Marlowe');
});
afterAll(() => app.stop());

async function checkOut(): Promise<string> {
  await ada.get(`/gigs/${shop.slug}/order`);
  const choice = { gig: shop.gigId, package: 'basic', quantity: 1, form_key: randomUUID() };
  return (await ada.post('/checkouts', choice)).headers.location!;
}
const payFor = async (address: string): Promise<void> => {
  const id = address.split('/').at(-1)!;
  const row = await app.database.withSystem('jobs', (trx) => trx('whop_checkout_configs').where({ id }).first());
  await app.emulator.pay(row.whop_checkout_id);
};

describe('D.5: redirect, return, back', () => {
  test('the return is cross-site, and no sign of a forged request: the buyer is still known', async () => {
    const address = await checkOut();
    await payFor(address);
    const back = `/checkout/complete?checkout=${address.split('/').at(-1)}&checkout_status=success&state_id=x`;
    const answer = await ada.get(back, { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' });
    expect([answer.status, answer.headers.location]).toEqual([303, expect.stringMatching(/^\/orders\/[0-9a-f-]{36}$/)]);
  });

  test('a paid checkout is not mounted a second time: its address answers with the order', async () => {
    const address = await checkOut();
    expect((await ada.get(address)).text).toContain('<checkout-embed');
    await payFor(address);
    await ada.get(`/checkout/complete?checkout=${address.split('/').at(-1)}`);
    const again = await ada.get(address);
    expect([again.status, again.headers.location]).toEqual([303, expect.stringMatching(/^\/orders\//)]);
    const inPanel = await ada.get(address, { 'HX-Request': 'true', 'HX-Request-Type': 'partial' });
    expect([inPanel.headers['hx-redirect'], inPanel.text]).toEqual([again.headers.location, '']);
  });

  test('no page with a checkout comes back out of the browser’s own store', async () => {
    const address = await checkOut();
    for (const page of [address, `/gigs/${shop.slug}/order`, `/gigs/${shop.slug}`]) {
      expect((await ada.get(page)).headers['cache-control'], page).toBe('private, no-store');
    }
  });
});

describe('D.8: headers', () => {
  test('no form of ours is answered by a way to Whop: `form-action` would stop it before anybody saw anything', async () => {
    const tomas = await openSeller(app, 'Tomas Vesely');
    const answers = [
      await ada.post('/checkouts', { gig: shop.gigId, package: 'basic', quantity: 1, form_key: randomUUID() }),
      await ada.post('/account/whop'),
      await tomas.post('/sell/kyc/link'),
      await tomas.post('/sell/payouts/portal'),
    ];
    for (const { status, headers } of answers) {
      expect([200, 303]).toContain(status);
      if (headers.location) expect(headers.location).toMatch(/^\/(?!\/)/);
      expect(headers['content-security-policy']).toContain("form-action 'self'");
    }
  });

  test('the link to Whop’s own page stands in the markup, before any script', async () => {
    const { text } = await ada.get(await checkOut());
    expect(text).toMatch(/<a [^>]*href="http:\/\/localhost:\d+\/checkout\/ch_[^"]*"/);
    expect(text).toContain('data-whop-checkout-session="ch_');
  });
});
