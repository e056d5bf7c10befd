import type { Request, Response } from 'express';
import { NotFound, WrongState } from '../../errors.ts';
import { loadWorkspace } from '../../middleware/load-order.ts';
import { settingsNow } from '../../models/operator-settings.ts';
import { answerProposal, findProposal, type ProposalAnswer, type ProposalKind } from '../../models/order/proposals.ts';
import * as orderPolicy from '../../policies/order-policy.ts';
import { authorize } from '../../policies/policy.ts';
import { presentProposal } from '../../presenters/order/agreements.ts';
import { NAV, presentHead } from '../../presenters/order/page.ts';
import { actOnOrder, answerAct } from './acting.ts';
import type { ActPage } from './acting.ts';

const DONE: Record<ProposalKind, Record<ProposalAnswer, string>> = {
  cancellation: {
    accept: 'The order is cancelled. The refund is on its way.',
    decline: 'You have declined. The work goes on.',
    withdraw: 'You have withdrawn your request. The work goes on.',
  },
  extension: {
    accept: 'Agreed. The new due date stands.',
    decline: 'You have declined. The due date stays.',
    withdraw: 'You have withdrawn your proposal.',
  },
  settlement: {
    accept: 'Settled. The part refund is on its way.',
    decline: 'You have declined. Nothing has changed.',
    withdraw: 'You have withdrawn your proposal.',
  },
};

type Handler = (request: Request, response: Response) => Promise<void>;

/** How the other side answers a proposal, or its maker takes it back; the same for all three kinds. */
export function answersTo(kind: ProposalKind, page: ActPage): Record<ProposalAnswer | 'confirm', Handler> {
  const answering =
    (answer: ProposalAnswer): Handler =>
    (request, response) =>
      answerOne(request, response, kind, page, answer);
  return {
    confirm: (request, response) => confirm(request, response, kind),
    accept: answering('accept'),
    decline: answering('decline'),
    withdraw: answering('withdraw'),
  };
}

async function answerOne(
  request: Request,
  response: Response,
  kind: ProposalKind,
  page: ActPage,
  answer: ProposalAnswer,
): Promise<void> {
  const outcome = await actOnOrder(request, 'answers', async (trx, order, asker) => {
    const proposal = await findProposal(trx, order.id, kind, String(request.params.pid));
    if (!proposal) throw new NotFound();
    authorize(orderPolicy.answer(proposal.by_role, answer)(asker, order));
    const { feeOnRefund } = await settingsNow(trx, request.services.config);
    await answerProposal(trx, order, proposal, answer, feeOnRefund);
  });
  await answerAct(request, response, page, outcome, DONE[kind][answer]);
}

/** The question on a page of its own, with the amount, for whoever has to answer. */
async function confirm(request: Request, response: Response, kind: ProposalKind): Promise<void> {
  const { order, reader } = await loadWorkspace(request);
  const proposal = order.proposals.find((one) => one.id === request.params.pid && one.kind === kind);
  if (!proposal) throw new NotFound();
  authorize(orderPolicy.answer(proposal.by_role, 'accept')(reader.asker, order));
  if (proposal.status !== 'open') throw new WrongState('This request is no longer open.', order.id, order.status);
  const view = presentProposal(order, proposal, reader);
  await response.page(
    'orders/proposals/confirm',
    { title: view.question, nav: NAV[reader.role], form: true },
    { order: presentHead(order, reader), proposal: view },
  );
}
