import { page, signUp, type Client } from './client.ts';
import type { TestApp } from './app.ts';
import type { SellerAccount } from '../../src/models/seller-account.ts';

/** The person behind a session. */
export async function idOf(app: TestApp, browser: Client): Promise<string> {
  const username = page(await browser.get('/account'))('input[name=username]').val();
  const profile = await app.database.withSystem('jobs', (trx) => trx('profiles').where({ username }).first('user_id'));
  return profile.user_id;
}

export async function accountOf(app: TestApp, browser: Client): Promise<SellerAccount> {
  const userId = await idOf(app, browser);
  return app.database.withSystem('jobs', (trx) => trx('seller_accounts').where({ user_id: userId }).first());
}

/** What the emulator holds under a person's id. */
export async function companiesOf(app: TestApp, userId: string): Promise<{ id: string }[]> {
  const { companies } = (await app.emulator.state()) as {
    companies: { id: string; metadata: { gigflow_user_id?: string } | null }[];
  };
  return companies.filter(({ metadata }) => metadata?.gigflow_user_id === userId);
}

/** A new person with a seller account, through the forms; not verified. */
export async function openSeller(app: TestApp, displayName: string): Promise<Client> {
  const browser = await signUp(app, displayName);
  const opened = await browser.post('/sell/onboarding', { display_name: displayName, country: 'jo' });
  if (opened.status !== 303) throw new Error(`onboarding answered ${opened.status}: ${opened.text.slice(0, 300)}`);
  return browser;
}

/** The same, with the identity check passed. */
export async function verifiedSeller(app: TestApp, displayName: string): Promise<Client> {
  const browser = await openSeller(app, displayName);
  const { whop_company_id } = await accountOf(app, browser);
  await app.emulator.setKyc(whop_company_id!, 'approved');
  await browser.get('/sell/onboarding?returned=1');
  return browser;
}
