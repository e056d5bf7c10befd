import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock } from '../../../src/clock.ts';
import { reconcile } from '../../../src/jobs/reconcile.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { accountOf, openSeller, verifiedSeller } from '../../support/sellers.ts';
import type { Client } from '../../support/client.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  await app.emulator.faults({ webhooks: { drop: 1 } });
});
afterAll(() => app.stop());

async function whopDecides(seller: Client, status: 'approved' | 'needs_action', minutesLater: number): Promise<string> {
  const { whop_company_id } = await accountOf(app, seller);
  await app.emulator.setKyc(whop_company_id!, status);
  clock.set(new Date(Date.now() + minutesLater * 60_000));
  try {
    await reconcile(app.services);
  } finally {
    clock.set(null);
  }
  return (await accountOf(app, seller)).kyc_status;
}

test('an identity check whose letter was lost is found by the next run', async () => {
  const tomas = await openSeller(app, 'Tomas Lindqvist');
  const { whop_company_id } = await accountOf(app, tomas);
  await app.emulator.setKyc(whop_company_id!, 'pending');
  await tomas.get('/sell/onboarding?returned=1');
  expect((await accountOf(app, tomas)).kyc_status).toBe('pending');
  expect(await whopDecides(tomas, 'approved', 15)).toBe('verified');
});

test('a verified seller is asked about once a day, so a lost withdrawal of the approval is found', async () => {
  const noor = await verifiedSeller(app, 'Noor Haddad');
  expect(await whopDecides(noor, 'needs_action', 60)).toBe('verified');
  expect(await whopDecides(noor, 'needs_action', 25 * 60)).toBe('action_required');
});
