import type { Request, Response } from 'express';
import { z } from 'zod';
import { Conflict, NotFound } from '../../errors.ts';
import { hidingForm } from '../../forms/admin-order-forms.ts';
import { uuid } from '../../forms/fields.ts';
import { emptyForm, parseForm, type FormState } from '../../forms/form.ts';
import { originOf } from '../../models/audit-event.ts';
import { hideReview, listReviews, showReview } from '../../models/review-desk.ts';
import { paths } from '../../paths.ts';
import { presentDeskReviews } from '../../presenters/admin/reviews.ts';

const PAGE = 30;
const query = z.object({
  tab: z.enum(['hidden']).optional().catch(undefined),
  after: uuid.optional().catch(undefined),
});

export async function index(request: Request, response: Response): Promise<void> {
  await show(request, response, emptyForm());
}

export async function hide(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(hidingForm, request.body);
  if (!parsed.valid) return show(request, response.status(422), parsed.form);
  const { reason } = parsed.data;
  if (!(await moderate(request, (trx, by) => hideReview(trx, { ...by, reason }))))
    throw new Conflict('This review is hidden already.');
  await response.seeOther(paths.adminReviews(), { kind: 'good', text: 'The review is hidden.' });
}

export async function unhide(request: Request, response: Response): Promise<void> {
  if (!(await moderate(request, showReview))) throw new Conflict('This review is not hidden.');
  await response.seeOther(paths.adminReviews(), { kind: 'good', text: 'The review is public again.' });
}

/** A GET on the address of an act goes to the list. */
export const toReviews = (_request: Request, response: Response): void => response.redirect(303, paths.adminReviews());

/** As the system actor: nobody edits other people's words, an admin only takes them from view. */
const moderate = (
  request: Request,
  act: (trx: Parameters<typeof showReview>[0], by: Parameters<typeof showReview>[1]) => Promise<boolean>,
): Promise<boolean> =>
  request.services.database.withSystem('publication', async (trx) => {
    const reviewId = String(request.params.id);
    if (!(await trx('reviews').where({ id: reviewId }).first('id'))) throw new NotFound();
    return act(trx, { reviewId, adminId: request.person!.id, from: originOf(request) });
  });

async function show(request: Request, response: Response, form: FormState): Promise<void> {
  const { tab, after } = query.parse(request.query);
  const reviews = await request.transaction((trx) => listReviews(trx, { hidden: tab === 'hidden', after }, PAGE + 1));
  await response.page(
    'admin/reviews/index',
    { title: 'Reviews', nav: 'admin-reviews', q: null },
    { ...presentDeskReviews(reviews, tab === 'hidden', PAGE, request.person!.timeZone), errors: form.errors },
  );
}
