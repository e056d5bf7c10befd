import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { NotFound } from '../errors.ts';
import { postPurchaseForm } from '../forms/checkout-form.ts';
import type { CheckoutRow } from '../models/checkout.ts';
import { settingsNow } from '../models/operator-settings.ts';
import { findPost } from '../models/post.ts';
import { freezePost } from '../models/post-checkout.ts';
import { paths } from '../paths.ts';
import { openFrozen } from './open-frozen.ts';

/** Buys a paid post: an account, a frozen price, a checkout at Whop. */
export async function create(request: Request, response: Response): Promise<void> {
  const wanted = postPurchaseForm.safeParse(request.body);
  if (!wanted.success) throw new NotFound();
  const { post: postId, form_key: formKey } = wanted.data;
  if (!request.person) return toLogin(request, response, postId);
  const { database, config } = request.services;
  const purchase = {
    postId,
    buyerId: request.person.id,
    currency: config.currency,
    formKey: formKey ?? randomUUID(),
  };
  // Checkouts are written by the system; the buyer is the person of the session.
  const checkout = await database.withSystem('checkout', async (trx) => {
    const { platformFeeBps: feeBps } = await settingsNow(trx, config);
    const id = await freezePost(trx, { ...purchase, feeBps });
    return (await trx<CheckoutRow>('whop_checkout_configs').where({ id }).first())!;
  });
  await openFrozen(request, response, checkout);
}

/** A post opens for an account, so a visitor signs in first and comes back to it. */
async function toLogin(request: Request, response: Response, postId: string): Promise<void> {
  const post = await request.transaction((trx) => findPost(trx, postId));
  if (!post) throw new NotFound();
  response.redirect(303, paths.login(paths.post(post.username, postId)));
}
