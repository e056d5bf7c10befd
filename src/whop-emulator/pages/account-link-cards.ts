import { balance } from '../domain/ledger.ts';
import { payoutMethodsOf } from '../domain/withdrawing.ts';
import { formatMoney, toUnits } from '../money.ts';
import type { Company, IdentityStatus } from '../records.ts';
import type { Store } from '../store.ts';
import { type Html, html } from './html.ts';
import { field, notice } from './layout.ts';

const CHOICES: [IdentityStatus | 'later', string, string][] = [
  ['approved', 'Approve', 'The documents are in order.'],
  ['pending', 'Submit and wait', 'Somebody will look at them later.'],
  ['needs_action', 'Ask for more', 'The picture was too blurry to read.'],
  ['rejected', 'Reject', 'The document has expired.'],
  ['later', 'Leave', 'Do nothing for now.'],
];

export const identityCard = (company: Company, action: string, alone = true): Html =>
  html`<div class="card">
    ${alone ? html`<h1>Verify your identity</h1>` : html`<h2>Identity</h2>`}
    <p>${company.title} <span class="muted">${company.email}</span></p>
    ${notice(
      company.identity.status === 'approved' ? 'good' : 'plain',
      `Identity check: ${company.identity.status.replace('_', ' ')}.`,
    )}
    <p>You are the examiner. What becomes of the documents?</p>
    <form method="post" action="${action}">
      <ul class="people">
        ${CHOICES.map(choice)}
      </ul>
    </form>
  </div>`;

const choice = ([status, label, why]: (typeof CHOICES)[number]): Html =>
  html`<li>
    <span class="muted">${why}</span>
    <button name="status" value="${status}" class="${status === 'approved' ? '' : 'plain'}">${label}</button>
  </li>`;

export function payoutsCard(store: Store, company: Company, action: string): Html {
  const { available, pending } = balance(store, company.id) ?? { available: 0, pending: 0 };
  const methods = payoutMethodsOf(store, company.id);
  return html`<div class="card">
    <h1>Payouts</h1>
    <p class="price">${formatMoney(available, 'usd')}</p>
    <p class="muted">available, ${formatMoney(pending, 'usd')} pending</p>
    ${
      methods.length > 0 &&
      html`<form method="post" action="${action}/withdrawals">
        <h2>Withdraw</h2>
        ${field('Amount', 'amount', { type: 'number', value: String(toUnits(Math.max(available, 0))), step: '0.01' })}
        <p class="field">
          <label for="payout_method_id">To</label>
          <select id="payout_method_id" name="payout_method_id">
            ${methods.map(({ id, nickname }) => html`<option value="${id}">${nickname}</option>`)}
          </select>
        </p>
        <button>Withdraw</button>
      </form>`
    }
    <form method="post" action="${action}/payout-methods">
      <h2>Add a bank account</h2>
      ${field('Bank', 'institution', { value: 'Example Bank', required: true })}
      ${field('Name it', 'nickname', { value: 'Main bank account', required: true })}
      <button class="plain">Add</button>
    </form>
  </div>`;
}
