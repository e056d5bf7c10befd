import { substatusOf } from '../api/payment-builder.ts';
import type { Emulator } from '../context.ts';
import { isOpen } from '../domain/disputing.ts';
import { balance } from '../domain/ledger.ts';
import { refundableCents } from '../domain/refunding.ts';
import { formatMoney } from '../money.ts';
import { type Html, html } from '../pages/html.ts';
import type { Checkout, Company, Delivery, Dispute, Payment, Refund, Withdrawal } from '../records.ts';
import { act, choose, section, table, time } from './parts.ts';

const SHOWN = 50;

const latest = <Item>(map: Map<string, Item>): Item[] => [...map.values()].slice(-SHOWN).reverse();

export function dashboardPage(emulator: Emulator): Html {
  const { store } = emulator;
  const { registration } = store;
  return html`<h1>Dashboard</h1>
    ${registration ? html`<p>The app is at <a href="${registration.appUrl}">${registration.appUrl}</a>, its webhook at <code>${registration.webhookUrl}</code>.</p>` : html`<p class="notice bad">No app has registered yet.</p>`}
    ${section('Companies', companies(emulator))} ${section('Checkouts', checkouts(emulator))}
    ${section('Payments', payments(emulator))} ${section('Refunds', refunds(emulator))}
    ${section('Disputes', disputes(emulator))} ${section('Withdrawals', withdrawals(emulator))}
    ${section('Webhooks', webhooks(emulator))} ${section('Misbehave', faults(emulator))}
    ${section('People', people(emulator))} ${section('Last calls', calls(emulator))}`;
}

function companies({ store }: Emulator): Html {
  const row = (company: Company): (Html | string)[] => {
    const money = balance(store, company.id);
    return [
      html`${company.title}<br /><code>${company.id}</code>`,
      company.email ?? '',
      company.identity.status.replace('_', ' '),
      money
        ? `${formatMoney(money.available, 'usd')} + ${formatMoney(money.pending, 'usd')} pending`
        : 'never had money',
      html`<div class="actions">
        ${choose(`companies/${company.id}/kyc`, 'status', ['approved', 'pending', 'needs_action', 'rejected', 'disabled', 'not_started'], 'Set identity check')}
        ${act(`companies/${company.id}/settle`, 'Settle pending money')}
        ${act(`companies/${company.id}/payout-methods`, 'Add bank account')}
      </div>`,
    ];
  };
  return table(['Company', 'E-mail', 'Identity check', 'Balance', 'Actions'], latest(store.companies).map(row));
}

function checkouts({ store }: Emulator): Html {
  const row = (checkout: Checkout): (Html | string)[] => [
    html`<a href="/checkout/${checkout.id}/">${checkout.productTitle}</a><br /><code>${checkout.id}</code>`,
    store.companies.get(checkout.companyId)?.title ?? '',
    formatMoney(checkout.priceCents, checkout.currency),
    checkout.applicationFeeCents === null ? 'none' : formatMoney(checkout.applicationFeeCents, checkout.currency),
    time(checkout.createdAt),
    checkout.expired
      ? 'expired'
      : html`<div class="actions">
          ${choose(`checkouts/${checkout.id}/pay`, 'outcome', ['paid', 'failed', 'pending'], 'Pay')}
          ${act(`checkouts/${checkout.id}/expire`, 'Expire')}
        </div>`,
  ];
  return table(['Checkout', 'Seller', 'Price', 'Fee', 'Made', 'Actions'], latest(store.checkouts).map(row));
}

function payments({ store }: Emulator): Html {
  const row = (payment: Payment): (Html | string)[] => {
    const buyer = store.users.get(payment.userId);
    return [
      html`<code>${payment.id}</code>`,
      buyer?.email ?? buyer?.username ?? '',
      formatMoney(payment.totalCents, payment.currency),
      `${payment.status}, ${substatusOf(store, payment)}`,
      time(payment.createdAt),
      html`<div class="actions">${paymentActs(payment, refundableCents(store, payment))}</div>`,
    ];
  };
  return table(['Payment', 'Buyer', 'Total', 'Status', 'Made', 'Actions'], latest(store.payments).map(row));
}

function paymentActs(payment: Payment, refundable: number): Html | null {
  if (payment.status === 'pending') {
    return choose(`payments/${payment.id}/complete`, 'outcome', ['paid', 'failed'], 'Complete');
  }
  if (payment.status !== 'paid') return null;
  return html`${refundable > 0 ? act(`payments/${payment.id}/refund`, 'Refund', html`<input name="amount" inputmode="decimal" size="7" placeholder="all" aria-label="Amount" />`) : null}
  ${choose(`payments/${payment.id}/dispute`, 'status', ['needs_response', 'warning_needs_response'], 'Dispute')}
  ${act('alerts', 'Warn', html`<input type="hidden" name="payment" value="${payment.id}" />`)}
  ${act('cases', 'Complain', html`<input type="hidden" name="payment" value="${payment.id}" />`)}`;
}

function refunds({ store }: Emulator): Html {
  const row = (refund: Refund): (Html | string)[] => [
    html`<code>${refund.id}</code>`,
    html`<code>${refund.paymentId}</code>`,
    formatMoney(refund.cents, refund.currency),
    refund.status,
    time(refund.createdAt),
    refund.status === 'pending'
      ? choose(`refunds/${refund.id}`, 'status', ['succeeded', 'failed', 'canceled'], 'Set')
      : '',
  ];
  return table(['Refund', 'Payment', 'Amount', 'Status', 'Made', 'Actions'], latest(store.refunds).map(row));
}

function disputes({ store }: Emulator): Html {
  const next: Dispute['status'][] = ['under_review', 'needs_response', 'won', 'lost', 'warning_closed', 'closed'];
  const row = (dispute: Dispute): (Html | string)[] => [
    html`<code>${dispute.id}</code>`,
    html`<code>${dispute.paymentId}</code>`,
    formatMoney(dispute.cents, dispute.currency),
    dispute.status.replaceAll('_', ' '),
    dispute.submittedAt ? 'sent' : 'not sent',
    isOpen(dispute.status) ? choose(`disputes/${dispute.id}`, 'status', next, 'Set') : '',
  ];
  return table(['Dispute', 'Payment', 'Amount', 'Status', 'Evidence', 'Actions'], latest(store.disputes).map(row));
}

function withdrawals({ store }: Emulator): Html {
  const next: Withdrawal['status'][] = ['in_transit', 'completed', 'failed', 'canceled', 'denied'];
  const row = (withdrawal: Withdrawal): (Html | string)[] => [
    html`<code>${withdrawal.id}</code>`,
    store.companies.get(withdrawal.companyId)?.title ?? '',
    formatMoney(withdrawal.cents, withdrawal.currency),
    withdrawal.status.replace('_', ' '),
    choose(`withdrawals/${withdrawal.id}`, 'status', next, 'Set'),
  ];
  return table(['Withdrawal', 'Company', 'Amount', 'Status', 'Actions'], latest(store.withdrawals).map(row));
}

function webhooks({ store }: Emulator): Html {
  const row = (delivery: Delivery): (Html | string)[] => [
    delivery.type,
    html`<code>${delivery.messageId}</code>`,
    delivery.status,
    delivery.attempts.map(({ status, error }) => status ?? error ?? '').join(', '),
    time(delivery.createdAt),
    act(`webhooks/${delivery.id}/redeliver`, 'Send again'),
  ];
  return table(['Event', 'Message', 'Status', 'Answers', 'Made', 'Actions'], latest(store.deliveries).map(row));
}

const faults = ({ store }: Emulator): Html =>
  html`<form method="post" action="/dashboard/faults" class="card">
      <label for="faults">Faults, as <code>PUT /control/faults</code> takes them; <code>{}</code> behaves</label>
      <textarea id="faults" name="faults" spellcheck="false">${JSON.stringify(store.faults, null, 2)}</textarea>
      <p><button>Misbehave like this</button></p>
    </form>
    <div class="actions">
      ${act('webhooks/settle', 'Wait for webhooks')} ${act('tokens/expire', 'Expire all tokens')}
      ${act('reset', 'Forget everything')}
    </div>`;

const people = ({ store }: Emulator): Html =>
  table(
    ['Name', 'Username', 'E-mail', 'Whop id'],
    [...store.users.values()].map((user) => [
      user.name ?? '',
      user.username,
      user.email ? `${user.email}${user.emailVerified ? '' : ' (not verified)'}` : 'none',
      html`<code>${user.id}</code>`,
    ]),
  );

const calls = ({ store }: Emulator): Html =>
  table(
    ['When', 'Call', 'Answer', 'Request', 'Idempotency-Key'],
    store.calls
      .slice(-SHOWN)
      .reverse()
      .map(({ at, method, path, status, requestId, idempotencyKey, replayed }) => [
        time(at),
        html`<code>${method} ${path}</code>`,
        `${status ?? 'none'}${replayed ? ', replayed' : ''}`,
        html`<code>${requestId}</code>`,
        idempotencyKey ?? '',
      ]),
  );
