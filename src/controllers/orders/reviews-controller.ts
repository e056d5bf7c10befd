import type { Request, Response } from 'express';
import { reviewForm } from '../../forms/order-forms.ts';
import { writeReview } from '../../models/order/reviews.ts';
import { roleIn } from '../../policies/order-policy.ts';
import { actOnOrder, answerAct, readForm, showAct, type ActPage } from './acting.ts';

const page: ActPage = {
  act: 'reviews',
  title: 'Write a review',
  view: 'orders/reviews/new',
  partial: 'orders/reviews/_form',
};

export async function newReview(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

export async function create(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, (trx, order, { actor }) => {
    const role = roleIn(actor, order) === 'seller' ? 'seller' : 'buyer';
    const name = request.person?.displayName ?? 'Guest';
    return writeReview(trx, order, { role, actor, name }, readForm(reviewForm, request.body));
  });
  await answerAct(
    request,
    response,
    page,
    outcome,
    'Thank you. Your review is kept until the other side has written one.',
  );
}
