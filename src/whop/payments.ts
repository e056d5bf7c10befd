import { clock } from '../clock.ts';
import { NotFound } from '../errors.ts';
import { keyedOnce, type Connection } from './connection.ts';
import { centsFromWhop, centsToWhop } from './money.ts';
import { applicationFeeIn, paymentFrom, type PaymentReading } from './payment.ts';

export interface Payments {
  /** One payment as Whop knows it now, its fee looked up when the payment does not tell; null when Whop does not know it (yet). */
  readPayment(paymentId: string): Promise<PaymentReading | null>;
  /** Every payment that was tried for a checkout, newest first, found without a webhook (contract 4.6). */
  paymentIdsOf(companyId: string, whopCheckoutId: string): Promise<string[]>;
  /** Payments of a seller that changed since, for what no webhook told (contract 4.6). */
  changedPaymentIds(companyId: string, since: Date): Promise<string[]>;
  /**
   * Sends money of a payment back, all of it or `partCents`; never repeated by itself. Who has no answer reads the payment again.
   * @param key idempotency key, one per attempt (contract 0.6)
   */
  refundPayment(paymentId: string, partCents: number | null, key: string): Promise<void>;
  /** What Whop charged the seller for a payment's disputes, in cents. */
  disputeFeesOf(paymentId: string): Promise<number>;
}

const DISPUTE_FEES = ['dispute_fee', 'dispute_alert_fee'];

export function payments({ sdk, ask }: Connection): Payments {
  return {
    readPayment: async (paymentId) => {
      const askedAt = clock.now();
      try {
        const payment = paymentFrom(await ask('payments.retrieve', () => sdk.payments.retrieve(paymentId)), askedAt);
        if (payment.feeCents !== null || !payment.paid) return payment;
        const fees = await ask('payments.listFees', () => sdk.payments.listFees(paymentId));
        return { ...payment, feeCents: applicationFeeIn(fees) };
      } catch (error) {
        if (error instanceof NotFound) return null;
        throw error;
      }
    },

    paymentIdsOf: async (companyId, whopCheckoutId) => {
      const page = await ask('payments.list', () =>
        sdk.payments.list({
          company_id: companyId,
          checkout_configuration_ids: [whopCheckoutId],
          first: 10,
          order: 'created_at',
          direction: 'desc',
        }),
      );
      return page.data.map((payment) => payment.id);
    },

    changedPaymentIds: async (companyId, since) => {
      const page = await ask('payments.list', () =>
        sdk.payments.list({ company_id: companyId, updated_after: since.toISOString(), first: 100 }),
      );
      return page.data.map((payment) => payment.id);
    },

    refundPayment: async (paymentId, partCents, key) => {
      const body = partCents === null ? {} : { partial_amount: centsToWhop(partCents) };
      await ask('payments.refund', () => sdk.payments.refund(paymentId, body, keyedOnce(key)));
    },

    disputeFeesOf: async (paymentId) => {
      const { data } = await ask('payments.listFees', () => sdk.payments.listFees(paymentId));
      return data
        .filter(({ type }) => DISPUTE_FEES.includes(type))
        .reduce((sum, { amount }) => sum + Math.abs(centsFromWhop(amount) ?? 0), 0);
    },
  };
}
