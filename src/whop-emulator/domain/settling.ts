import { buildLedgerAccount } from '../api/ledger-accounts.ts';
import type Whop from '@whop/sdk';
import type { Emulator } from '../context.ts';
import type { Company } from '../records.ts';
import { settle } from './ledger.ts';

/** The two days pass at once for a company's money. */
export function settleFunds(emulator: Emulator, company: Company): void {
  const moved = settle(emulator.store, company);
  if (moved === 0) return;
  const data: Whop.LedgerAccountFundsAvailableWebhookEvent['data'] = buildLedgerAccount(emulator.store, company);
  emulator.webhooks.emit({ type: 'ledger_account.funds_available', companyId: company.id, data });
}
