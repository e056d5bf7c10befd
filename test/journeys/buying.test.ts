import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeBrowser, hasBrowser, newContext, type TestContext } from '../support/browser.ts';
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

const phone = { width: 390, height: 844 };

/** A person at a phone; what the browser complains about is kept. */
class Person {
  readonly page: Page;
  readonly context: TestContext;
  readonly complaints: string[] = [];

  private constructor(context: TestContext, page: Page) {
    this.context = context;
    this.page = page;
    page.on('pageerror', (error) => {
      // Chromium says so whenever a page change with a transition is overtaken by the next one; nothing is broken then.
      if (!error.message.startsWith('Transition was aborted')) this.complaints.push(error.message);
    });
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text()))
        this.complaints.push(message.text());
    });
  }

  static async arrive(javaScriptEnabled: boolean): Promise<Person> {
    const context = await newContext({ javaScriptEnabled, viewport: phone });
    return new Person(context, await context.newPage());
  }

  go = (path: string) => this.page.goto(app.url + path);
  press = (name: string | RegExp) =>
    this.page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .filter({ visible: true })
      .first()
      .click();
  field = (label: string): Locator => this.page.getByLabel(label).first();
  status = (status: string) => this.page.locator(`[data-order-status="${status}"]`).waitFor();

  async signIn(email: string, password: string): Promise<void> {
    await this.go('/login');
    await this.field('E-mail').fill(email);
    await this.field('Password').fill(password);
    await this.page.locator('main').getByRole('button', { name: 'Sign in', exact: true }).click();
    await this.page.waitForURL((url) => url.pathname !== '/login');
  }
}

async function emailOf(userId: string): Promise<string> {
  const user = await app.database.withSystem('jobs', (trx) => trx('users').where({ id: userId }).first('email'));
  return (user as { email: string }).email;
}

/** Pays in Whop's card form: in the frame of the panel, or on Whop's own page. */
async function pay(ada: Person, scripted: boolean, card: string): Promise<void> {
  if (!scripted)
    await ada.page
      .getByRole('link', { name: /Pay on Whop/ })
      .first()
      .click();
  const form = scripted ? ada.page.frameLocator('checkout-embed iframe') : ada.page;
  await form.getByLabel('E-mail').fill('ada@gigflow.test');
  await form.getByLabel('Card number').fill(card);
  await form.getByRole('button', { name: /^Pay/ }).click();
}

describe.skipIf(!hasBrowser()).each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('the whole journey %s', (_name, scripted) => {
  test('Ada finds, buys with an extra and briefs; Noor delivers; changes; accepted; both reviews stand', async () => {
    const ada = await Person.arrive(scripted);
    const noor = await Person.arrive(scripted);

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
    await ada.page.getByRole('heading', { name: 'Payment' }).waitFor();
    await pay(ada, scripted, '4242 4242 4242 4242');
    await ada.page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
    await ada.status('awaiting_requirements');
    const orderId = new URL(ada.page.url()).pathname.split('/').at(-1)!;

    await ada.field('What is on the menu?').fill('Twelve dishes, four drinks, one dessert.');
    await ada.press('Send the brief');
    await ada.status('in_progress');

    await noor.signIn(await emailOf(shop.sellerId), 'gigflow-demo');
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
    const visitor = await Person.arrive(scripted);
    await visitor.go(`/gigs/${shop.slug}`);
    expect(await visitor.page.locator('main').innerText()).toContain(praise);

    for (const person of [ada, noor, visitor]) {
      expect(person.complaints).toEqual([]);
      expect(person.context.strayRequests).toEqual([]);
      await person.context.close();
    }
  }, 120_000);

  test('a declined card is told, and the same checkout takes another card', async () => {
    const ada = await Person.arrive(scripted);
    await ada.go(`/gigs/${shop.slug}/order`);
    await ada.field('Your e-mail address').fill('guest@gigflow.test');
    await ada.press('Continue to payment');
    await ada.page.getByRole('heading', { name: 'Payment' }).waitFor();
    await pay(ada, scripted, '4000 0000 0000 0002');
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
    await ada.context.close();
  }, 60_000);
});
