import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestApp } from './app.ts';
import { newContext, type TestContext } from './browser.ts';
import { makeAdmin, makeBuyer, row } from './money.ts';
import type { Shop } from './shop.ts';

const PHONE = { width: 390, height: 844 };
/** Of everybody whom letSignIn() has let in, and of the shop's seller. */
const PASSWORD = 'gigflow-demo';

/** Every journey is made twice. */
export const BOTH_WAYS = [
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const;

/** A person at a phone; what the browser complains about is kept. */
export class Person {
  readonly page: Page;
  readonly context: TestContext;
  readonly complaints: string[] = [];
  readonly #url: string;
  readonly #scripted: boolean;

  private constructor(url: string, context: TestContext, page: Page, scripted: boolean) {
    this.#url = url;
    this.#scripted = scripted;
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

  static async arrive(app: TestApp, scripted: boolean): Promise<Person> {
    const context = await newContext({ javaScriptEnabled: scripted, viewport: PHONE });
    return new Person(app.url, context, await context.newPage(), scripted);
  }

  /** Arrives and signs in through the form. */
  static async enter(app: TestApp, userId: string, scripted: boolean): Promise<Person> {
    const person = await Person.arrive(app, scripted);
    const { email } = await row(app, 'users', { id: userId });
    await person.signIn(email as string, PASSWORD);
    return person;
  }

  go = (path: string) => this.page.goto(this.#url + path);
  press = (name: string | RegExp): Promise<void> =>
    this.page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .filter({ visible: true })
      .first()
      .click();
  /** Follows a link of the page's main region. */
  follow = (name: string | RegExp): Promise<void> =>
    this.page
      .locator('main')
      .getByRole('link', { name, exact: typeof name === 'string' })
      .first()
      .click();
  field = (label: string): Locator => this.page.getByLabel(label).first();
  /** Waits until the order on the page stands so. */
  status = (status: string): Promise<void> => this.page.locator(`[data-order-status="${status}"]`).first().waitFor();
  /** Waits until the page says so. */
  reads = (text: string | RegExp): Promise<void> => this.page.locator('main').getByText(text).first().waitFor();
  /** Waits until the docket has this line with this amount in cents. */
  seesAmount = (label: string, cents: number): Promise<void> =>
    this.page.locator(`main .docket div:has(> dt:text-is("${label}")) dd[data-cents="${cents}"]`).first().waitFor();
  offers = (link: string): Promise<boolean> =>
    this.page.locator('main').getByRole('link', { name: link, exact: true }).first().isVisible();

  async signIn(email: string, password: string): Promise<void> {
    await this.go('/login');
    await this.field('E-mail').fill(email);
    await this.field('Password').fill(password);
    await this.page.locator('main').getByRole('button', { name: 'Sign in', exact: true }).click();
    await this.page.waitForURL((url) => url.pathname !== '/login');
  }

  /** Pays in Whop's card form: in the frame of the panel, or on Whop's own page. */
  async pay(card = '4242 4242 4242 4242'): Promise<void> {
    await this.page.getByRole('heading', { name: 'Payment' }).waitFor();
    if (!this.#scripted) {
      await this.page
        .getByRole('link', { name: /Pay on Whop/ })
        .first()
        .click();
    }
    const form = this.#scripted ? this.page.frameLocator('checkout-embed iframe') : this.page;
    await form.getByLabel('E-mail').fill('ada@gigflow.test');
    await form.getByLabel('Card number').fill(card);
    await form.getByRole('button', { name: /^Pay/ }).click();
  }

  /** Goes home; nothing may have gone wrong on the way. */
  async leave(): Promise<void> {
    expect([this.complaints, this.context.strayRequests]).toEqual([[], []]);
    await this.context.close();
  }
}

/** Ada, who buys, and Mina, who is an admin: both can sign in. */
export async function letSignIn(app: TestApp, shop: Shop): Promise<{ adaId: string; minaId: string }> {
  const people = { adaId: await makeBuyer(app), minaId: await makeAdmin(app) };
  const { password_hash } = await row(app, 'users', { id: shop.sellerId });
  await app.database.withSystem('seeds', (trx) =>
    trx('users').whereIn('id', Object.values(people)).update({ password_hash }),
  );
  return people;
}
