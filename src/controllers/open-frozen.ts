import type { Request, Response } from 'express';
import { WhopFailure } from '../errors.ts';
import type { CheckoutRow } from '../models/checkout.ts';
import { openAtWhop } from '../money/open-checkout.ts';
import { paths } from '../paths.ts';

/** Opens a frozen purchase at Whop and leads to its payment page, which tries again where Whop did not answer. */
export async function openFrozen(request: Request, response: Response, checkout: CheckoutRow): Promise<void> {
  try {
    await openAtWhop(request.services, checkout);
  } catch (error) {
    if (!(error instanceof WhopFailure)) throw error;
  }
  await response.seeOther(paths.checkout(checkout.id));
}
