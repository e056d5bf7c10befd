import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { NotFound } from '../errors.ts';
import { offerPurchaseForm } from '../forms/checkout-form.ts';
import type { CheckoutRow } from '../models/checkout.ts';
import { freezeOffer } from '../models/offer-checkout.ts';
import { settingsNow } from '../models/operator-settings.ts';
import { paths } from '../paths.ts';
import { openFrozen } from './open-frozen.ts';

/** Accepts a custom offer: its price frozen, a checkout at Whop. The offer counts as accepted when it is paid. */
export async function create(request: Request, response: Response): Promise<void> {
  const wanted = offerPurchaseForm.safeParse(request.body);
  if (!wanted.success) throw new NotFound();
  const { person, services } = request;
  if (!person) return response.redirect(303, paths.login(paths.messages()));
  const { offer: offerId, form_key: formKey = randomUUID() } = wanted.data;
  // Checkouts are written by the system; the buyer is the person of the session.
  const checkout = await services.database.withSystem('checkout', async (trx) => {
    const { platformFeeBps: feeBps } = await settingsNow(trx, services.config);
    const id = await freezeOffer(trx, { offerId, buyerId: person.id, feeBps, formKey });
    return (await trx<CheckoutRow>('whop_checkout_configs').where({ id }).first())!;
  });
  await openFrozen(request, response, checkout);
}
