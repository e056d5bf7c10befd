import { paymentIdIn } from './handlers/payment-id.ts';
import { centsFromWhop } from './money.ts';

/** A bank's early warning in GigFlow's words (contract 5.3). */
export interface WhopAlert {
  id: string;
  /** Whop's own word. */
  kind: string;
  paymentId: string | null;
  amountCents: number | null;
}

/** Reads an alert of this pin or a newer one. */
export function alertFrom(data: Record<string, unknown>): WhopAlert {
  const { id, alert_type, type, amount } = data;
  return {
    id: String(id),
    kind: String(alert_type ?? type ?? 'dispute'),
    paymentId: paymentIdIn(data),
    amountCents: centsFromWhop(amount),
  };
}
