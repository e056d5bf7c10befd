import { button, h, money, notice } from '../element-frame.js';

export async function render(frame) {
  const { data } = await frame.call('GET', `/api/v1/withdrawals?company_id=${frame.setting.companyId}`);
  if (data.length === 0) return frame.show(notice('No withdrawals yet.'));
  const rows = data.map(({ id, amount, status, created_at: at }) =>
    h(
      'tr',
      {},
      h('td', {}, new Date(at).toLocaleDateString('en')),
      h('td', {}, money(amount)),
      h('td', {}, status.replace('_', ' ')),
      h(
        'td',
        {},
        button('Details', () => frame.emit('showWithdrawalBreakdown', { withdrawalId: id }), 'plain'),
        button('Receipt', () => frame.emit('showGenerateWithdrawalReceipt', { withdrawalId: id }), 'plain'),
      ),
    ),
  );
  const head = ['Date', 'Amount', 'Status', ''].map((title) => h('th', { scope: 'col' }, title));
  frame.show(h('table', {}, h('thead', {}, h('tr', {}, head)), h('tbody', {}, rows)));
}
