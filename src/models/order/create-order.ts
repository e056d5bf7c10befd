import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../database.ts';
import type { CheckoutRow } from '../checkout.ts';

/**
 * Turns a paid checkout into an order, as the system actor. The unique checkout_id makes a second order impossible;
 * triggers write the first history row, the clock and the notifications.
 */
export async function createOrder(trx: Transaction, checkout: CheckoutRow): Promise<{ id: string }> {
  const { scope } = checkout;
  const id = randomUUID();
  const asks = scope.questions.some((question) => question.required);
  const suspended = await trx('users')
    .whereIn('id', [checkout.seller_id, ...(checkout.buyer_id ? [checkout.buyer_id] : [])])
    .whereNotNull('suspended_at')
    .pluck<string[]>('id');
  await trx('orders').insert({
    id,
    checkout_id: checkout.id,
    seller_id: checkout.seller_id,
    buyer_id: checkout.buyer_id,
    guest_buyer_id: checkout.guest_buyer_id,
    gig_id: checkout.gig_id,
    gig_slug: scope.slug,
    gig_revision_number: checkout.gig_revision_number,
    title: scope.title,
    package_tier: scope.package.tier,
    package_title: scope.package.title,
    quantity: scope.quantity,
    currency: checkout.currency,
    total_cents: checkout.total_cents,
    fee_bps: checkout.fee_bps,
    fee_cents: checkout.fee_cents,
    seller_cents: checkout.seller_cents,
    delivery_days: scope.days,
    revisions_allowed: scope.revisions,
    status: asks ? 'awaiting_requirements' : 'in_progress',
    due_at: asks ? null : trx.raw('app_now() + make_interval(hours => ?)', [24 * scope.days]),
    buyer_suspended: checkout.buyer_id !== null && suspended.includes(checkout.buyer_id),
    seller_suspended: suspended.includes(checkout.seller_id),
  });
  await trx('order_items').insert(itemsOf(checkout, id));
  if (scope.questions.length) {
    await trx('order_requirements').insert(
      scope.questions.map((question, position) => ({
        id: randomUUID(),
        order_id: id,
        position,
        kind: question.kind,
        label: question.label,
        required: question.required,
        choices: question.choices,
      })),
    );
  }
  return { id };
}

function itemsOf({ id: checkoutId, purpose, scope }: CheckoutRow, orderId: string): object[] {
  const common = { order_id: orderId, checkout_id: checkoutId };
  return [
    {
      ...common,
      id: randomUUID(),
      kind: purpose === 'offer' ? 'offer' : 'package',
      title: scope.package.title,
      description: scope.package.description,
      includes: scope.package.includes,
      quantity: scope.quantity,
      unit_cents: scope.package.unitCents,
      total_cents: scope.package.unitCents * scope.quantity,
      days: scope.days - scope.extras.reduce((sum, extra) => sum + extra.days, 0),
      position: 0,
    },
    ...scope.extras.map((extra, index) => ({
      ...common,
      id: randomUUID(),
      kind: 'extra',
      extra_id: extra.id,
      title: extra.title,
      quantity: extra.quantity,
      unit_cents: extra.unitCents,
      total_cents: extra.unitCents * extra.quantity,
      days: extra.days,
      position: index + 1,
    })),
  ];
}
