import { processWebhook } from '../../src/jobs/process-webhook.ts';
import { receive } from '../../src/models/webhook-receipt.ts';
import { convergeCheckout } from '../../src/money/convergence.ts';
import { runRefund } from '../../src/money/refunding.ts';
import { runFeeReturn } from '../../src/money/returning-fees.ts';
import type { TestApp } from './app.ts';
import { askRefund, checkOut, ledgerOf, makeBuyer, row, rows, type Row } from './money.ts';
import type { Shop } from './shop.ts';

/** Numbers from 0 to below 1, the same for the same seed, so that a failing order of events can be run again. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Letter {
  messageId: string;
  type: string;
  companyId: string;
  data: { payment?: { id: string } | null; id: string };
}

/**
 * One order's life at Whop (paid, refunded in part, disputed over another part, lost), while its letters arrive once to three
 * times each, at any later moment and in any order. Null: each once, at once, in order.
 * @param told `buyer`: the buyer comes back from paying, and the refund is ours; `letters`: only letters tell of anything
 * @returns what stands at the end, without ids and times
 */
export async function live(
  app: TestApp,
  shop: Shop,
  told: 'buyer' | 'letters',
  roll: (() => number) | null,
): Promise<object> {
  await app.emulator.faults({ webhooks: { drop: 1 } });
  const checkout = await checkOut(app, shop, await makeBuyer(app));
  const company = `/control/payments`;
  let paymentId = '';
  let disputeId = '';
  const steps: (() => Promise<unknown>)[] = [
    async () => (paymentId = (await app.emulator.pay(checkout.whop_checkout_id!)).id),
    ...(told === 'buyer' ? [() => convergeCheckout(app.services, checkout.id)] : []),
    async () => {
      if (told === 'letters') {
        await app.emulator.call('POST', `${company}/${paymentId}/refund`, { amount: 10.05 });
        return settled(app, paymentId);
      }
      const { id } = await row(app, 'orders', { checkout_id: checkout.id });
      const [refund] = await askRefund(app, id, 1_005);
      await runRefund(app.services, refund!);
      await settled(app, paymentId);
    },
    async () => {
      const opened = await app.emulator.call('POST', `${company}/${paymentId}/dispute`, { amount: 15 });
      disputeId = (opened as { id: string }).id;
    },
    () => app.emulator.call('POST', `/control/disputes/${disputeId}`, { status: 'under_review' }),
    () => app.emulator.call('POST', `/control/disputes/${disputeId}`, { status: 'lost' }),
  ];
  const known = new Set<string>();
  let waiting: { letter: Letter; step: number }[] = [];
  for (const [step, act] of steps.entries()) {
    await act();
    for (const letter of await lettersOf(app, paymentId)) {
      if (known.has(letter.messageId)) continue;
      known.add(letter.messageId);
      const copies = roll ? 1 + Math.floor(roll() * 3) : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        waiting.push({ letter, step: roll ? step + Math.floor(roll() * (steps.length - step)) : step });
      }
    }
    const due = waiting.filter((one) => one.step <= step);
    waiting = waiting.filter((one) => one.step > step);
    await deliver(app, roll ? shuffle(due, roll) : due);
  }
  await again(app);
  return endOf(app, checkout.id);
}

/** The bank takes a moment for a refund; its letter must exist before the next step. */
async function settled(app: TestApp, paymentId: string): Promise<void> {
  for (;;) {
    const { refunds } = (await app.emulator.state()) as { refunds: { paymentId: string; status: string }[] };
    if (refunds.filter((one) => one.paymentId === paymentId).every(({ status }) => status === 'succeeded')) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function lettersOf(app: TestApp, paymentId: string): Promise<Letter[]> {
  const { deliveries } = (await app.emulator.state()) as { deliveries: Letter[] };
  return deliveries.filter(({ data }) => data.id === paymentId || data.payment?.id === paymentId);
}

async function deliver(app: TestApp, due: { letter: Letter }[]): Promise<void> {
  for (const { letter } of due) {
    const { messageId: id, type, companyId, data } = letter;
    await receive(app.database, { id, type, accountId: companyId, occurredAt: null, data }, 'pending');
    await processWebhook(app.services, id, false).catch(() => {});
  }
}

/** What the queue would do: whatever failed is tried again until nothing waits. */
async function again(app: TestApp): Promise<void> {
  for (let round = 0; round < 5; round += 1) {
    for (const { id } of await rows(app, 'webhook_events', { status: 'pending' }, 'received_at'))
      await processWebhook(app.services, id, false).catch(() => {});
    for (const { id } of await rows(app, 'fee_returns', { status: 'requested' }))
      await runFeeReturn(app.services, id).catch(() => {});
  }
}

function shuffle<T>(list: T[], roll: () => number): T[] {
  const shuffled = [...list];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(roll() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}

async function endOf(app: TestApp, checkoutId: string): Promise<object> {
  const orders = await rows(app, 'orders', { checkout_id: checkoutId });
  const orderId = orders[0]!.id;
  const only = (found: Row[], ...keys: string[]) => found.map((one) => keys.map((key) => one[key]));
  return {
    orders: only(orders, 'status', 'refunded_cents', 'total_cents', 'resume_status'),
    payments: only(await rows(app, 'whop_payments', { order_id: orderId }), 'disposition', 'status', 'refunded_cents'),
    refunds: only(await rows(app, 'refunds', { order_id: orderId }), 'status', 'cause', 'amount_cents', 'fee_cents'),
    disputes: only(await rows(app, 'disputes', { order_id: orderId }, 'opened_at'), 'status', 'lost_cents'),
    ledger: await ledgerOf(app, { order_id: orderId }),
    unhandled: (await rows(app, 'webhook_events', { status: 'pending' }, 'received_at')).length,
  };
}
