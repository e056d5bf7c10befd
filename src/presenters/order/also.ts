import { proposalBlocked } from '../../models/order/proposal-rules.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { paths } from '../../paths.ts';
import { offers, type OrderAct } from '../../policies/order-acts.ts';
import { extrasLeft } from '../../money/later-purchase.ts';
import type { Reader } from './facts.ts';
import { nameOf } from './work.ts';

interface Link {
  href: string;
  text: string;
}

/** What else this reader can do or read now. Nothing stands here that would be refused. */
export function presentAlso(order: Workspace, { role, asker }: Reader, brief: boolean): Link[] {
  const selling = role === 'seller';
  const act = (name: OrderAct, text: string, possible = true): Link[] =>
    possible && offers(name, asker, order) ? [{ href: paths.orderAct(order.id, name), text }] : [];
  const bank = order.disputes.some(({ source, status }) => source === 'whop' && status === 'open');
  const decided = order.disputes.some(({ source, status }) => source === 'party' && status === 'resolved');
  const free = (kind: 'cancellation' | 'extension' | 'settlement') =>
    role !== 'admin' && proposalBlocked(order.proposals, kind, role) === null;
  return [
    ...(asker.actor.role === 'guest'
      ? [{ href: paths.signup(paths.orderClaim(order.id)), text: 'Keep this order in an account' }]
      : []),
    ...(role === 'admin' ? [{ href: paths.adminOrder(order.id), text: 'Decide about this order' }] : []),
    ...act('suspended-cancellation', `Cancel, the ${selling ? 'buyer' : 'seller'} is suspended`),
    ...act('late-cancellation', 'Cancel, nothing was delivered in time'),
    ...act('delay-report', 'Report the delay'),
    ...act('unstarted-cancellation', 'Cancel, no brief came'),
    ...act('extras', 'Add extras', extrasLeft(order.offered_extras ?? [], order.items).length > 0),
    ...act('extensions', selling ? 'Ask for more time' : 'Give more time', free('extension')),
    ...act('tips', 'Give a tip'),
    ...act(
      'settlements',
      selling ? 'Offer a part refund' : 'Ask for a part refund',
      free('settlement') && order.left_cents > 1 && !bank,
    ),
    ...act('cancellations', 'Ask to cancel', free('cancellation')),
    ...act('disputes', 'Report a problem', !decided),
    ...(brief
      ? [
          {
            href: paths.orderAct(order.id, 'requirements'),
            text: role === 'buyer' ? 'See your brief' : 'See the brief',
          },
        ]
      : []),
    { href: paths.orderRecord(order.id), text: 'Receipt and full record' },
  ];
}

/** No round of changes is left: what else can be done about a delivery that is not right, as the words of a sentence. */
export function presentInstead(order: Workspace, { asker }: Reader, also: Link[]): Link[] | null {
  if (!offers('acceptance', asker, order) || offers('revisions', asker, order)) return null;
  const acts = ['settlements', 'disputes'] as const;
  return [
    { href: '#message-body', text: `Write to ${nameOf(order, 'seller')}` },
    ...also
      .filter(({ href }) => acts.some((act) => href === paths.orderAct(order.id, act)))
      .map(({ href, text }) => ({ href, text: text.charAt(0).toLowerCase() + text.slice(1) })),
  ];
}
