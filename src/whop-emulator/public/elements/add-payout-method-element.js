import { button, h } from '../element-frame.js';

const field = (label, id, value) => [
  h('label', { htmlFor: id }, label),
  h('input', { id, value, autocomplete: 'off' }),
];

export async function render(frame) {
  const { companyId } = frame.setting;
  await frame.call('GET', `/api/v1/payouts/methods?account_id=${companyId}`);
  const valueOf = (id) => document.getElementById(id).value;
  const add = async () => {
    const body = { nickname: valueOf('nickname'), institutionName: valueOf('institution') };
    await frame.call('POST', `/elements/api/companies/${companyId}/payout-methods`, body);
    frame.emit('complete');
  };
  frame.show(
    h('h1', {}, 'Add a bank account'),
    h('p', { className: 'field' }, ...field('Bank', 'institution', 'Example Bank')),
    h('p', { className: 'field' }, ...field('Name it', 'nickname', 'Main bank account')),
    h(
      'div',
      { className: 'actions' },
      button('Add', add),
      button('Close', () => frame.emit('close'), 'plain'),
    ),
  );
}
