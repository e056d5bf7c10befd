import { NotFound } from '../errors.ts';
import type { Connection } from './connection.ts';
import { applicationFeeIn, paymentFrom, type WhopPayment } from './payment.ts';

export interface Payments {
  /** One payment as Whop knows it now, its fee looked up when the payment does not tell; null when Whop does not know it (yet). */
  readPayment(paymentId: string): Promise<WhopPayment | null>;
  /** Every payment that was tried for a checkout, newest first, found without a webhook (contract 4.6). */
  paymentIdsOf(companyId: string, whopCheckoutId: string): Promise<string[]>;
}

export function payments({ sdk, ask }: Connection): Payments {
  return {
    readPayment: async (paymentId) => {
      try {
        const payment = paymentFrom(await ask('payments.retrieve', () => sdk.payments.retrieve(paymentId)));
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
  };
}
