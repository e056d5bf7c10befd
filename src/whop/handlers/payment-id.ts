/** The payment that an event is about, in this pin's words or a newer one's (contract 11.5). */
export function paymentIdIn(data: Record<string, unknown>): string | null {
  const { payment, payment_id } = data as { payment?: { id?: unknown } | null; payment_id?: unknown };
  const id = payment?.id ?? payment_id;
  return typeof id === 'string' ? id : null;
}
