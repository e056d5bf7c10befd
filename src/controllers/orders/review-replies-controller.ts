import type { Request, Response } from 'express';
import { replyForm } from '../../forms/order-forms.ts';
import { replyToReview } from '../../models/order/reviews.ts';
import { roleIn } from '../../policies/order-policy.ts';
import { actOnOrder, answerAct, readForm, showAct, type ActPage } from './acting.ts';

const page: ActPage = {
  act: 'reviews/reply',
  title: 'Answer the review',
  view: 'orders/reviews/reply',
  partial: 'orders/reviews/_reply-form',
};

export async function newReply(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

/** The one public answer of who was reviewed. */
export async function create(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, (trx, order, { actor }) => {
    const about = roleIn(actor, order) === 'seller' ? 'buyer' : 'seller';
    return replyToReview(trx, order, about, readForm(replyForm, request.body).body);
  });
  await answerAct(request, response, page, outcome, 'Your answer stands under the review.');
}
