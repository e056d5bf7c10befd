const armed = process.env.GIGFLOW_DEMO === '1' || process.env.VITEST ? process.env.GIGFLOW_CRASH_AT : undefined;

/**
 * A place where a drill may stop the process dead, as a power cut would: GIGFLOW_CRASH_AT names it. Does nothing outside
 * demos and tests. test/proof/money/crashes.proof.ts stops at each of them and shows that nothing is lost or doubled.
 */
export function crashPoint(name: CrashPoint): void {
  if (armed === name) process.kill(process.pid, 'SIGKILL');
}

export const CRASH_POINTS = [
  'checkout.frozen',
  'checkout.created-at-whop',
  'checkout.opened',
  'webhook.received',
  'webhook.stored',
  'webhook.read',
  'webhook.done',
  'payment.read',
  'payment.applied',
  'refund.claimed',
  'refund.about-to-ask',
  'refund.asked',
  'refund.recorded',
  'fee-return.about-to-ask',
  'fee-return.asked',
  'cover.about-to-ask',
  'cover.asked',
  'withdrawal.stored',
  'withdrawal.about-to-ask',
  'withdrawal.asked',
  'withdrawal.recorded',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];
