import { button, h, money, notice } from '../element-frame.js';

export async function render(frame) {
  const { companyId } = frame.setting;
  const [account, methods] = await Promise.all([
    frame.call('GET', `/api/v1/ledger_accounts/${companyId}`),
    frame.call('GET', `/api/v1/payouts/methods?account_id=${companyId}`),
  ]);
  const { balance = 0 } = account.balances[0] ?? {};
  const amount = h('input', { type: 'number', id: 'amount', min: '1', step: '0.01', value: String(balance) });
  const method = h(
    'select',
    { id: 'method' },
    methods.data.map(({ id, nickname }) => h('option', { value: id }, nickname)),
  );
  const withdraw = async () => {
    const made = await frame.call('POST', '/api/v1/withdrawals', {
      company_id: companyId,
      amount: Number(amount.value),
      currency: 'usd',
      payout_method_id: method.value,
    });
    frame.show(notice(`${money(made.amount)} are on their way.`, 'good'));
    frame.emit('withdraw');
  };
  frame.show(
    h('h1', {}, 'Withdraw'),
    h('p', { className: 'field' }, h('label', { htmlFor: 'amount' }, `Amount (${money(balance)} available)`), amount),
    methods.data.length > 0
      ? h('p', { className: 'field' }, h('label', { htmlFor: 'method' }, 'To'), method)
      : notice('Add a payout method first.'),
    h(
      'div',
      { className: 'actions' },
      button('Withdraw', withdraw),
      button('Close', () => frame.emit('close'), 'plain'),
    ),
  );
}
