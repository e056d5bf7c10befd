import { crashPoint } from '../crash-point.ts';
import { WhopFailure } from '../errors.ts';
import { nextAttempt, openCheckout, type CheckoutRow } from '../models/checkout.ts';
import { paths } from '../paths.ts';
import type { Services } from '../services.ts';

/**
 * Makes the checkout at Whop that a frozen purchase still lacks. Safe to repeat: the same attempt carries the same
 * idempotency key and body, so a lost answer is answered again (contract 0.6).
 * @throws WhopFailure when Whop refuses or does not answer; the purchase stays and can be tried again
 */
export async function openAtWhop(services: Services, checkout: CheckoutRow): Promise<void> {
  if (checkout.status !== 'creating') return;
  const { config, database, whop } = services;
  const { scope } = checkout;
  crashPoint('checkout.frozen');
  try {
    const created = await whop.createCheckout({
      checkoutId: checkout.id,
      attempt: checkout.attempt,
      companyId: checkout.whop_company_id,
      title: `${scope.title.slice(0, 50)} - ${scope.package.title}`,
      gigId: checkout.gig_id,
      gigTitle: scope.title,
      totalCents: checkout.total_cents,
      feeCents: checkout.fee_cents,
      currency: checkout.currency,
      redirectUrl: config.appUrl + paths.checkoutComplete(checkout.id),
    });
    crashPoint('checkout.created-at-whop');
    await database.withSystem('checkout', (trx) => openCheckout(trx, checkout.id, created));
    crashPoint('checkout.opened');
  } catch (error) {
    if (error instanceof WhopFailure && !error.retryable) {
      await database.withSystem('checkout', (trx) => nextAttempt(trx, checkout.id, checkout.attempt));
    }
    throw error;
  }
}
