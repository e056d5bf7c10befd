import type { Request, Response } from 'express';
import type { Transaction } from '../../database.ts';
import { NotFound } from '../../errors.ts';
import { emptyForm, parseForm, type FormState } from '../../forms/form.ts';
import { approvalForm, rejectionForm } from '../../forms/review-form.ts';
import type { GigRow } from '../../models/gig.ts';
import { approveGig, rejectGig } from '../../models/gig-revision.ts';
import { findReview, reviewQueue } from '../../models/review-queue.ts';
import { paths } from '../../paths.ts';
import { mayReviewGig } from '../../policies/gig-policy.ts';
import { authorize } from '../../policies/policy.ts';
import { presentQueue, presentReview } from '../../presenters/gig-review.ts';

export async function index(request: Request, response: Response): Promise<void> {
  const items = await request.transaction(reviewQueue);
  const queue = presentQueue(items, request.person!.timeZone);
  await response.page('admin/gigs/index', { title: 'Gigs to review', nav: 'admin-gigs', q: null }, { queue });
}

export async function show(request: Request, response: Response): Promise<void> {
  await showReview(request, response, emptyForm());
}

/** A GET on the address of an act goes to the page that the act belongs to. */
export function toReview(request: Request, response: Response): void {
  response.redirect(303, paths.adminGig(String(request.params.id)));
}

export async function approve(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(approvalForm, request.body);
  if (!parsed.valid) return showReview(request, response.status(422), parsed.form);
  const { config } = request.services;
  const title = await review(request, (trx, gig) =>
    approveGig(trx, { gig, number: parsed.data.revision, reviewerId: request.person!.id }, config.currency),
  );
  await response.seeOther(paths.adminGigs, { kind: 'good', text: `Approved: ${title}.` });
}

export async function reject(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(rejectionForm, request.body);
  if (!parsed.valid) return showReview(request, response.status(422), parsed.form);
  const { revision, reason } = parsed.data;
  const title = await review(request, (trx, gig) =>
    rejectGig(trx, { gig, number: revision, reviewerId: request.person!.id }, reason),
  );
  await response.seeOther(paths.adminGigs, { kind: 'info', text: `Rejected: ${title}. Its seller reads your reason.` });
}

/**
 * Decides as the system actor, after the policy: listings and the audit log are written by nobody else. The identity gate
 * of the database holds for it too.
 */
const review = (request: Request, decide: (trx: Transaction, gig: GigRow) => Promise<void>): Promise<string> =>
  request.services.database.withSystem('publication', async (trx) => {
    const gig = await trx<GigRow>('gigs')
      .where({ id: String(request.params.id) })
      .forUpdate()
      .first();
    if (!gig) throw new NotFound();
    authorize(mayReviewGig(request.person!, gig));
    await decide(trx, gig);
    return gig.title;
  });

async function showReview(request: Request, response: Response, form: FormState): Promise<void> {
  const id = String(request.params.id);
  const [found, items] = await request.transaction(async (trx) => [await findReview(trx, id), await reviewQueue(trx)]);
  if (!found) throw new NotFound();
  const own = found.seller_id === request.person!.id;
  await response.page(
    'admin/gigs/show',
    { title: found.asked?.title ?? 'Gig', nav: 'admin-gigs', q: null },
    {
      ...form,
      queue: presentQueue(items, request.person!.timeZone, id),
      review: presentReview(found, request.services.config.currency, own),
    },
  );
}
