import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser } from '../support/browser.ts';
import { BOTH_WAYS, Person } from '../support/person.ts';
import { openShop, type Shop } from '../support/shop.ts';

let app: TestApp;
let shop: Shop;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app);
});
afterAll(async () => {
  await closeBrowser();
  await app.stop();
});

describe.skipIf(!hasBrowser()).each(BOTH_WAYS)('the whole journey %s', (_name, scripted) => {
  test('Ada finds, buys with an extra and briefs; Noor delivers; changes; accepted; both reviews stand', async () => {
    const ada = await Person.arrive(app, scripted);

    await ada.go('/');
    await ada.page.getByRole('searchbox').first().fill('menu café');
    await ada.page.getByRole('searchbox').first().press('Enter');
    await ada.page.getByRole('link', { name: shop.doc.title }).first().click();
    await ada.page.getByRole('heading', { level: 1, name: shop.doc.title }).waitFor();

    await ada.go(`/signup?next=${encodeURIComponent(`/gigs/${shop.slug}`)}`);
    await ada.field('Your name').fill('Ada Marlowe');
    await ada.field('E-mail').fill(`ada-${scripted}@gigflow.test`);
    await ada.field('Password').fill('correct horse battery');
    await ada.press('Make an account');
    await ada.page.waitForURL((url) => url.pathname === `/gigs/${shop.slug}`);

    await ada.page
      .getByRole('radio', { name: /Standard/ })
      .first()
      .check();
    await ada.press('Choose options');
    await ada.page.getByRole('checkbox', { name: /Second language/ }).check();
    if (scripted) await expect.poll(() => ada.page.locator('#total .total').innerText()).toContain('$115.00');
    else await ada.press('Update the total');
    await ada.page.locator('#total .total', { hasText: '$115.00' }).waitFor();
    await ada.press('Continue to payment');
    await ada.pay();
    await ada.page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
    await ada.status('awaiting_requirements');
    const orderId = new URL(ada.page.url()).pathname.split('/').at(-1)!;

    await ada.field('What is on the menu?').fill('Twelve dishes, four drinks, one dessert.');
    await ada.press('Send the brief');
    await ada.status('in_progress');

    const noor = await Person.enter(app, shop.sellerId, scripted);
    await noor.go('/sell/orders');
    await noor.page.locator(`a[href="/sell/orders/${orderId}"]`).first().click();
    await noor.status('in_progress');
    expect(await noor.page.locator('main').innerText()).toContain('Twelve dishes');
    await noor.field('Message to the buyer').fill('Here is the first version.');
    await noor.field('Links').fill('https://files.example.org/menu-v1.pdf');
    await noor.press('Deliver');
    await noor.status('delivered');

    await ada.go(`/orders/${orderId}`);
    await ada.field('What should be different?').fill('The prices do not line up.');
    await ada.press(/Send and use/);
    await ada.status('revision_requested');

    await noor.go(`/sell/orders/${orderId}`);
    expect(await noor.page.locator('main').innerText()).toContain('The prices do not line up.');
    await noor.field('Message to the buyer').fill('Prices line up now.');
    await noor.press('Deliver');
    await noor.status('delivered');

    await ada.go(`/orders/${orderId}`);
    await ada.press('Accept delivery');
    await ada.status('completed');
    await ada.page.getByRole('radio', { name: /5 stars/ }).check();
    const praise = `Nobody asks the price any more (${scripted ? 'quick' : 'plain'}).`;
    await ada.field('In your words').fill(praise);
    await ada.page.locator('#review-send').click();
    await ada.page.getByText('Not public yet').first().waitFor();

    await noor.go(`/sell/orders/${orderId}`);
    await noor.page.getByRole('radio', { name: /4 stars/ }).check();
    await noor.field('In your words').fill('A clear brief and quick answers.');
    await noor.page.locator('#review-send').click();
    await noor.page.getByText(praise).first().waitFor();

    await ada.go(`/orders/${orderId}`);
    expect(await ada.page.locator('main').innerText()).toContain('A clear brief and quick answers.');
    const visitor = await Person.arrive(app, scripted);
    await visitor.go(`/gigs/${shop.slug}`);
    expect(await visitor.page.locator('main').innerText()).toContain(praise);

    for (const person of [ada, noor, visitor]) await person.leave();
  }, 120_000);

  test('a declined card is told, and the same checkout takes another card', async () => {
    const ada = await Person.arrive(app, scripted);
    await ada.go(`/gigs/${shop.slug}/order`);
    await ada.field('Your e-mail address').fill('guest@gigflow.test');
    await ada.press('Continue to payment');
    await ada.pay('4000 0000 0000 0002');
    const place = scripted ? ada.page.frameLocator('checkout-embed iframe') : ada.page;
    await place
      .getByText(/declined/)
      .first()
      .waitFor();
    await place.getByLabel('E-mail').fill('ada@gigflow.test');
    await place.getByLabel('Card number').fill('4242 4242 4242 4242');
    await place.getByRole('button', { name: /^Pay/ }).click();
    await ada.page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
    await ada.status('awaiting_requirements');
    await ada.leave();
  }, 60_000);
});
