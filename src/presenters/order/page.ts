import type { Workspace } from '../../models/order/workspace.ts';
import { paths } from '../../paths.ts';
import { presentDispute, presentProposals } from './agreements.ts';
import { presentAlso, presentInstead } from './also.ts';
import { presentAsking } from './asking.ts';
import { presentDocket } from './docket.ts';
import type { Reader } from './facts.ts';
import { presentForms, type TypedForms } from './forms.ts';
import { presentHistory } from './history.ts';
import { presentSteps } from './steps.ts';
import { presentThread } from './thread.ts';
import { presentTurn } from './turn.ts';
import { presentBrief, presentDeliveries, presentReason, presentReviews } from './work.ts';

/** Where a side finds the order, and its list. */
export const workspacePath = (id: string, role: Reader['role']): string =>
  role === 'seller' ? paths.sellerOrder(id) : paths.order(id);

/** Which entry of the main navigation is current. */
export const NAV = { buyer: 'orders', seller: 'sell-orders', admin: 'admin' } as const;

const BACK = {
  buyer: { href: paths.orders(), text: 'Your orders' },
  seller: { href: paths.sellerOrders(), text: 'Orders to work on' },
  admin: { href: paths.adminOrders(), text: 'All orders' },
};

/** The head that the workspace and the pages of its acts share. */
export function presentHead(order: Workspace, { role }: Reader) {
  const seller = { before: 'with', name: order.seller_name, href: paths.profile(order.seller_username) };
  const buyer = {
    before: 'from',
    name: order.buyer_name ?? 'a guest',
    href: order.buyer_username ? paths.profile(order.buyer_username) : null,
  };
  return {
    id: order.id,
    title: order.title,
    status: order.status,
    back: BACK[role],
    home: workspacePath(order.id, role),
    number: order.id.slice(0, 8),
    people: { buyer: [seller], seller: [buyer], admin: [buyer, seller] }[role],
  };
}

/** Everything that the workspace prints, for one reader. */
export function presentOrder(order: Workspace, reader: Reader, typed: TypedForms = {}) {
  const forms = presentForms(order, reader, typed);
  const answers = presentBrief(order);
  const working = order.status === 'in_progress' || order.status === 'revision_requested';
  const also = presentAlso(order, reader, answers !== null && !working);
  return {
    ...presentHead(order, reader),
    steps: presentSteps(order),
    turn: presentTurn(order, reader),
    reason: presentReason(order, reader),
    asks: order.requirements.length > 0,
    answers,
    brief: working ? answers : null,
    deliveries: presentDeliveries(order, reader),
    reviews: presentReviews(order, reader),
    thread: presentThread(order, order.messages, reader),
    messagesHref: paths.orderAct(order.id, 'messages'),
    docket: presentDocket(order, reader),
    history: presentHistory(order, reader),
    also,
    instead: presentInstead(order, reader, also),
    proposals: presentProposals(order, reader),
    dispute: presentDispute(order, reader),
    asking: presentAsking(order, reader, typed),
    forms,
  };
}

export type OrderPageView = ReturnType<typeof presentOrder>;
