import { Forbidden } from '../errors.ts';

export type Decision = { allowed: true } | { allowed: false; reason: string };

export const allow = (): Decision => ({ allowed: true });

/** A refusal carries its reason all the way to the page. */
export const deny = (reason: string): Decision => ({ allowed: false, reason });

/** @throws Forbidden with the reason of the refusal */
export function authorize(decision: Decision): void {
  if (!decision.allowed) throw new Forbidden(decision.reason);
}
