import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { Conflict, Forbidden, NotFound, Unavailable } from '../errors.ts';
import { checkoutForm, guestForm, selectionForm } from '../forms/checkout-form.ts';
import { formState, parseForm, type FieldError } from '../forms/form.ts';
import {
  findCheckout,
  findListing,
  freezeCheckout,
  type Buyer,
  type CheckoutRow,
  type Listing,
} from '../models/checkout.ts';
import { ensureGuest, guestEmail } from '../models/guest-buyer.ts';
import { settingsNow } from '../models/operator-settings.ts';
import { openAtWhop } from '../money/open-checkout.ts';
import { outcomeOf } from '../money/convergence.ts';
import { priceOrder } from '../money/price.ts';
import { paths } from '../paths.ts';
import { presentCheckout } from '../presenters/checkout.ts';
import { renderOptions, selectionOf } from './order-options-controller.ts';
import { create as acceptOffer } from './offer-purchases-controller.ts';
import { create as buyPost } from './post-purchases-controller.ts';

/** Freezes the purchase of a gig (or hands on that of a paid post or an offer), makes the checkout at Whop, and shows the payment. */
export async function create(request: Request, response: Response): Promise<void> {
  const { body, services } = request;
  if (body.post !== undefined) return buyPost(request, response);
  if (body.offer !== undefined) return acceptOffer(request, response);
  const wanted = checkoutForm.safeParse(body);
  if (!wanted.success) throw new NotFound();
  const listing = await request.transaction((trx) => findListing(trx, { gig_id: wanted.data.gig }));
  if (!listing) throw new NotFound();
  if (body.intent === 'update') return response.redirect(303, optionsPath(listing, body));
  if (request.person?.id === listing.seller_id)
    throw new Forbidden('This is your own gig: nobody can buy from himself.');

  const selection = parseForm(selectionForm, body);
  const guest = request.person ? null : parseForm(guestForm, body);
  const priced = selection.valid ? priceOrder(listing.doc, selection.data) : { errors: selection.form.errors };
  const errors: FieldError[] = [
    ...('errors' in priced ? priced.errors : []),
    ...(guest && !guest.valid ? guest.form.errors : []),
  ];
  if ('errors' in priced || errors.length) {
    response.status(422);
    return renderOptions(request, response, listing, selectionOf(listing, body), formState(body, errors));
  }
  const address = guest?.valid ? guest.data.email : null;
  const id = await services.database.withSystem('checkout', async (trx) => {
    const buyer = await buyerOf(
      request,
      (email) => ensureGuest(trx, services.config, email, request.session.guestBuyerIds ?? []),
      address,
    );
    return freezeCheckout(trx, {
      buyer,
      listing,
      purchase: priced.purchase,
      feeBps: (await settingsNow(trx, services.config)).platformFeeBps,
      formKey: wanted.data.form_key ?? randomUUID(),
    });
  });
  await open(request, id);
  await response.seeOther(paths.checkout(id));
}

/** The payment, or where the checkout has got to. */
export async function show(request: Request, response: Response): Promise<void> {
  const id = String(request.params.id);
  await open(request, id);
  const { checkout, outcome, email } = await request.transaction(async (trx) => ({
    checkout: await findCheckout(trx, id),
    outcome: await outcomeOf(trx, id),
    email: request.person ? request.person.email : await guestEmail(trx, request.actor),
  }));
  if (!checkout) throw new NotFound();
  if (outcome.state === 'paid') return leaveTo(request, response, outcome.leadsTo);
  await response.page(
    'checkouts/show',
    {
      title: `Payment: ${checkout.scope.title}`,
      form: true,
      panel: false,
      robots: 'noindex',
      partial: 'checkouts/_payment',
    },
    {
      checkout: presentCheckout(checkout, request.person?.timeZone ?? 'UTC'),
      email,
      whop: request.services.config.whop.hosts,
      returnUrl: request.services.config.appUrl + paths.checkoutComplete(id),
      completePath: paths.checkoutComplete(id),
      changePath: paths.gigOrder(checkout.scope.slug, presentCheckout(checkout, 'UTC').optionsQuery),
    },
  );
}

/** htmx follows a redirect into the panel; the order is a page of its own. */
export function leaveTo(request: Request, response: Response, path: string): void {
  if (request.wantsPartial) response.set('HX-Redirect', path).status(200).end();
  else response.redirect(303, path);
}

async function buyerOf(
  request: Request,
  guestFor: (email: string) => Promise<string>,
  email: string | null,
): Promise<Buyer> {
  if (request.person) return { buyer_id: request.person.id, guest_buyer_id: null };
  if (!email) throw new Conflict('Tell us your e-mail address first.');
  const guestId = await guestFor(email);
  request.session.guestBuyerIds = [
    ...(request.session.guestBuyerIds ?? []).filter((known) => known !== guestId),
    guestId,
  ].slice(-20);
  return { buyer_id: null, guest_buyer_id: guestId };
}

/** A checkout whose answer from Whop was lost is opened by whoever looks at it next. */
async function open(request: Request, id: string): Promise<void> {
  const { services } = request;
  const checkout = await services.database.withSystem('checkout', (trx) =>
    trx<CheckoutRow>('whop_checkout_configs').where({ id }).first(),
  );
  if (!checkout || checkout.status !== 'creating' || !isBuyer(request, checkout)) return;
  try {
    await openAtWhop(services, checkout);
  } catch (error) {
    throw new Unavailable('The checkout could not be opened', { cause: error });
  }
}

const isBuyer = (request: Request, checkout: CheckoutRow): boolean =>
  request.person
    ? checkout.buyer_id === request.person.id
    : (request.session.guestBuyerIds ?? []).includes(checkout.guest_buyer_id ?? '');

function optionsPath(listing: Listing, body: unknown): string {
  const { tier, quantity, extras } = selectionOf(listing, body);
  const chosen = Object.entries(extras).filter(([, count]) => count > 0);
  return paths.gigOrder(listing.slug, {
    package: tier,
    quantity,
    ...Object.fromEntries(chosen.map(([id, count]) => [`extras[${id}]`, count])),
  });
}
