import { formatMoney } from '../money.ts';
import { type Html, html } from '../pages/html.ts';
import { field, hidden, notice } from '../pages/layout.ts';
import type { Checkout, Company, ThreeDsAttempt } from '../records.ts';
import { BANK_PASSWORD } from './cards.ts';

interface CheckoutView {
  checkout: Checkout;
  company: Company;
  action: string;
  typed?: Record<string, unknown>;
  message?: string | null;
  /** In the frame the heading and the host's own texts stay away. */
  framed?: boolean;
}

export function checkoutForm({ checkout, company, action, typed = {}, message, framed }: CheckoutView): Html {
  const value = (name: string): string | null => (typeof typed[name] === 'string' ? typed[name] : null);
  const bank = value('method') === 'bank';
  const price = formatMoney(checkout.priceCents, checkout.currency);
  return html`<form class="card" method="post" action="${action}" id="checkout">
    ${
      framed
        ? html`<h1 class="price">${price}</h1>`
        : html`<h1>${checkout.productTitle}</h1>
            <p class="muted">Sold by ${company.title}</p>
            <p class="price">${price}</p>`
    }
    <div id="message" aria-live="polite">${message ? notice('bad', message) : null}</div>
    ${field('E-mail', 'email', { type: 'email', value: value('email'), required: true, autocomplete: 'email' })}
    ${field('Name', 'name', { value: value('name'), autocomplete: 'name' })}
    <fieldset>
      <legend>Pay by</legend>
      <label class="choice"
        ><input type="radio" name="method" value="card" ${bank ? null : html` checked`} /> Card</label
      >
      <label class="choice"
        ><input type="radio" name="method" value="bank" ${bank ? html` checked` : null} /> Bank debit (stays
        pending)</label
      >
    </fieldset>
    ${field('Card number', 'card_number', { value: value('card_number'), autocomplete: 'cc-number', hint: '4242 4242 4242 4242 pays, 4000 0000 0000 0002 is declined, 5385 3083 6013 5181 asks the bank' })}
    ${field('Expiry', 'expiry', { value: value('expiry') ?? '12/34', autocomplete: 'cc-exp' })}
    ${field('CVC', 'cvc', { value: value('cvc') ?? '123', autocomplete: 'cc-csc' })}
    <p><button type="submit">Pay ${price}</button></p>
  </form>`;
}

export const threeDsPage = (attempt: ThreeDsAttempt, checkout: Checkout): Html =>
  html`<form class="card" method="post" action="/checkout/${checkout.id}/bank">
    <h1>Your bank asks</h1>
    <p>
      Card ending in ${attempt.card.last4}, ${formatMoney(checkout.priceCents, checkout.currency)}. The password is
      <code>${BANK_PASSWORD}</code>.
    </p>
    ${hidden({ attempt: attempt.id })} ${field('Password', 'password', { type: 'password' })}
    <p class="actions">
      <button name="decision" value="confirm">Confirm</button>
      <button class="plain" name="decision" value="cancel">Cancel</button>
    </p>
  </form>`;

export const paidPage = (checkout: Checkout, pending: boolean, appUrl: string | null): Html =>
  html`<div class="card">
    <h1>${pending ? 'Payment started' : 'Paid'}</h1>
    ${notice('good', pending ? 'Your bank is working on it.' : 'Thank you, your payment went through.')}
    <p>${checkout.productTitle}: ${formatMoney(checkout.priceCents, checkout.currency)}</p>
    ${appUrl ? html`<p><a class="button" href="${appUrl}">Back to ${new URL(appUrl).host}</a></p>` : null}
  </div>`;

export const expiredPage = (): Html =>
  html`<div class="card">
    <h1>This session has expired</h1>
    <p>Go back to where you came from and start the payment again.</p>
  </div>`;
