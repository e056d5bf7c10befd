import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { NotFound } from '../errors.ts';
import { selectionForm } from '../forms/checkout-form.ts';
import { emptyForm, type FormState } from '../forms/form.ts';
import { findListing, type Listing } from '../models/checkout.ts';
import { packageShown } from '../models/gig-document.ts';
import type { Selection } from '../money/price.ts';
import { presentOptions } from '../presenters/checkout.ts';

/** What can be chosen before paying; also the answer while somebody changes his mind (the total follows the query). */
export async function show(request: Request, response: Response): Promise<void> {
  const listing = await request.transaction((trx) => findListing(trx, { slug: String(request.params.slug) }));
  if (!listing) throw new NotFound();
  await renderOptions(request, response, listing, selectionOf(listing, request.query), emptyForm());
}

/** The options page with what was chosen, and what is wrong with it. */
export async function renderOptions(
  request: Request,
  response: Response,
  listing: Listing,
  selection: Selection,
  form: FormState,
): Promise<void> {
  await response.page(
    'checkouts/options',
    {
      title: `Order options: ${listing.doc.title}`,
      form: true,
      panel: false,
      robots: 'noindex',
      partial: 'checkouts/_options',
    },
    {
      ...form,
      options: presentOptions(listing, selection, request.person?.timeZone ?? 'UTC'),
      own: request.person?.id === listing.seller_id,
      formKey: typeof form.values.form_key === 'string' ? form.values.form_key : randomUUID(),
    },
  );
}

/** A link may name any selection; what does not fit the gig falls back to the package that its page shows. */
export function selectionOf(listing: Listing, given: unknown): Selection {
  const parsed = selectionForm.safeParse(given);
  const chosen = packageShown(listing.doc.packages, parsed.data?.tier)?.tier ?? 'basic';
  if (!parsed.success) return { tier: chosen, quantity: 1, extras: {} };
  const { quantity, extras } = parsed.data;
  return { tier: chosen, quantity, extras: fitting(listing, extras) };
}

const fitting = (listing: Listing, extras: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    listing.doc.extras.map((extra) => {
      const wanted = extras[extra.id] ?? 0;
      return [extra.id, wanted >= 1 ? Math.min(wanted, extra.max_quantity) : 0];
    }),
  );
