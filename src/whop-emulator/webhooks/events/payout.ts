import type Whop from '@whop/sdk';
import { buildWithdrawal } from '../../api/withdrawals.ts';
import { buildOldPayoutMethod } from '../../api/payout-methods.ts';
import type { PayoutMethod, Withdrawal } from '../../records.ts';
import type { Store } from '../../store.ts';
import type { WhopEvent } from '../sender.ts';

export function payoutMethodCreated(method: PayoutMethod): WhopEvent {
  const data: Whop.PayoutMethodCreatedWebhookEvent['data'] = buildOldPayoutMethod(method);
  return { type: 'payout_method.created', companyId: method.companyId, data };
}

type WithdrawalEvent = Whop.WithdrawalCreatedWebhookEvent | Whop.WithdrawalUpdatedWebhookEvent;

export function withdrawalEvent(store: Store, type: WithdrawalEvent['type'], withdrawal: Withdrawal): WhopEvent {
  const data: WithdrawalEvent['data'] = buildWithdrawal(store, withdrawal);
  return { type, companyId: withdrawal.companyId, data };
}
