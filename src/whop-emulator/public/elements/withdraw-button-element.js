import { button, h, money } from '../element-frame.js';

export async function render(frame) {
  const { companyId, options } = frame.setting;
  const account = await frame.call('GET', `/api/v1/ledger_accounts/${companyId}`);
  const verified = account.payout_account_details?.status === 'connected';
  const { balance = 0, pending_balance: pending = 0 } = account.balances[0] ?? {};
  frame.show(
    h(
      'div',
      { className: 'actions' },
      button(`Withdraw ${money(balance)}`, () => frame.emit(verified ? 'withdraw' : 'verify')),
      options.hidePendingBalance ? null : h('span', { className: 'muted' }, `${money(pending)} pending`),
    ),
  );
}
