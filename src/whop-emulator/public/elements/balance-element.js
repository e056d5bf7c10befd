import { button, h, money } from '../element-frame.js';

export async function render(frame) {
  const { companyId, options } = frame.setting;
  const account = await frame.call('GET', `/api/v1/ledger_accounts/${companyId}`);
  const verified = account.payout_account_details?.status === 'connected';
  const { balance = 0, pending_balance: pending = 0 } = account.balances[0] ?? {};
  frame.show(
    h('p', { className: 'price' }, money(balance)),
    h('p', { className: 'muted' }, `available, ${money(pending)} pending`),
    options.showWithdrawButton === false
      ? null
      : button(verified ? 'Withdraw' : 'Verify', () => frame.emit(verified ? 'withdraw' : 'verify')),
  );
}
