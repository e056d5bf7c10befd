import type { Request, Response } from 'express';
import type { Transaction } from '../../database.ts';
import { deliveryDraftForm, deliveryForm, removalForm } from '../../forms/order-forms.ts';
import { draftFileIds, keepUploads, removeDraftFiles } from '../../models/attachment.ts';
import { deliver, saveDraft } from '../../models/order/deliveries.ts';
import type { OrderRow } from '../../models/order/order.ts';
import { MOST_FILES } from '../../uploads/limits.ts';
import { actOnOrder, answerAct, draftSaved, readForm, showAct, type ActPage } from './acting.ts';

const page: ActPage = {
  act: 'deliveries',
  title: 'Deliver the work',
  view: 'orders/deliveries/new',
  partial: 'orders/deliveries/_form',
};

export async function newDelivery(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

export async function create(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, async (trx, order) => {
    const files = await countFiles(request, trx, order);
    await deliver(trx, order, readForm(deliveryForm(files), request.body), request.uploads);
  });
  if ('refused' in outcome && outcome.status === 422) await keepFilesOnly(request);
  await answerAct(request, response, page, outcome, 'Your delivery is with the buyer.');
}

/** Keeps an unfinished delivery for the seller's next visit. */
export async function createDraft(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, async (trx, order) => {
    const files = await countFiles(request, trx, order);
    await saveDraft(trx, order.id, readForm(deliveryDraftForm(files), request.body), request.uploads);
  });
  await answerAct(request, response, page, outcome, draftSaved(request));
}

/** Takes ticked files out of the draft. @returns how many files the delivery would have */
async function countFiles(request: Request, trx: Transaction, order: OrderRow): Promise<number> {
  const { remove_files: ticked } = readForm(removalForm, request.body);
  if (ticked.length > 0) await removeDraftFiles(trx, order.id, ticked);
  return (await draftFileIds(trx, order.id)).length + request.uploads.length;
}

/** Something is missing or too much: the files that took so long to come are kept as a draft, while there is room. */
const keepFilesOnly = (request: Request): Promise<void> =>
  request.transaction(async (trx) => {
    const room = MOST_FILES - (await draftFileIds(trx, String(request.params.id))).length;
    await keepUploads(trx, request.uploads.slice(0, Math.max(0, room)), { draft: true });
  });
