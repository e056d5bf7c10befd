import { afterEach, expect, test } from 'vitest';
import { stretchWire, type Wire } from '../../test/support/whop-wire.ts';
import { companies } from './companies.ts';
import { connect } from './connection.ts';

let wire: Wire;
afterEach(() => wire?.stop());

const SILENT = {
  '/ledger_accounts/biz_1': { balances: [], payout_account_details: null },
  '/verifications?account_id=biz_1': { data: [] },
};

/** The identity check, where the third question is answered like this. */
async function read(status: number, account: unknown) {
  wire = await stretchWire(({ path }) =>
    path === '/accounts/biz_1' ? { status, body: account } : { body: SILENT[path as keyof typeof SILENT] },
  );
  return companies(connect(wire.config)).readKyc('biz_1');
}

test('an identity check is looked for in three places, one after the other', async () => {
  const kyc = await read(200, {
    id: 'biz_1',
    verification: { individual: { status: 'approved' }, business: null },
    capabilities: { standard_payout: 'inactive' },
    required_actions: [{ action: 'submit_information_request' }],
  });
  expect(kyc).toEqual({ status: 'verified', mayWithdraw: false, references: [] });
  expect(wire.sent.map(({ path }) => path)).toEqual([...Object.keys(SILENT), '/accounts/biz_1']);
});

test.each([403, 404])('a key that may not see accounts (%i) leaves it at the first two', async (status) => {
  const refusal = { error: { type: 'forbidden', message: 'not authorized for the company:basic:read scope.' } };
  expect(await read(status, refusal)).toEqual({ status: 'not_started', mayWithdraw: null, references: [] });
});

test('an account that cannot be read just now is no answer', async () => {
  await expect(read(400, { error: { message: 'no' } })).rejects.toMatchObject({ status: 400 });
});
