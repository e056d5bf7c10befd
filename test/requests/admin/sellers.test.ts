import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, type Client } from '../../support/client.ts';
import { signUpAdmin } from '../../support/gigs.ts';
import { rows } from '../../support/money.ts';
import { accountOf, idOf, openSeller, verifiedSeller } from '../../support/sellers.ts';

let app: TestApp;
let mina: Client;
let noor: Client;
let tomas: Client;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  mina = await signUpAdmin(app);
  noor = await verifiedSeller(app, 'Noor Haddad');
  tomas = await openSeller(app, 'Tomas Lindqvist');
});
afterAll(() => app.stop());

const names = async (path: string): Promise<string[]> => {
  const list = page(await mina.get(path));
  return list('.things b a')
    .map((_, link) => list(link).text())
    .get();
};

test('sellers are listed by identity check and found by name, username and company', async () => {
  expect(await names('/admin/sellers')).toEqual(['Tomas Lindqvist', 'Noor Haddad']);
  expect(await names('/admin/sellers?kyc=verified')).toEqual(['Noor Haddad']);
  expect(await names('/admin/sellers?q=lindq')).toEqual(['Tomas Lindqvist']);
  const { whop_company_id } = await accountOf(app, noor);
  expect(await names(`/admin/sellers?q=${whop_company_id}`)).toEqual(['Noor Haddad']);
  expect(await names('/admin/sellers?q=%25&kyc=nonsense&after=nonsense')).toEqual([]);
});

test('Mina asks Whop about Tomas: what it says is stored and written down', async () => {
  const { whop_company_id } = await accountOf(app, tomas);
  await app.emulator.setKyc(whop_company_id!, 'approved');
  const id = await idOf(app, tomas);
  const asked = await mina.post(`/admin/sellers/${id}/reading`);
  expect((await mina.get(asked.headers.location!)).text).toContain('Whop says: identity checked.');
  expect((await accountOf(app, tomas)).kyc_status).toBe('verified');
  expect(await rows(app, 'audit_events', { action: 'seller.read', subject_id: id })).toHaveLength(1);
});

test('when Whop does not answer, that is said and nothing changes', async () => {
  await app.emulator.faults({ api: { status: 500, rate: 1 } });
  const asked = await mina.post(`/admin/sellers/${await idOf(app, tomas)}/reading`);
  await app.emulator.faults({});
  expect((await mina.get(asked.headers.location!)).text).toContain('Whop does not answer just now');
  expect((await accountOf(app, tomas)).kyc_status).toBe('verified');
});
