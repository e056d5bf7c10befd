import { filesIn, type Answer } from '../../models/order/requirements.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { dateTime, relative } from '../dates.ts';
import { presentFile } from '../file-row.ts';
import { firstName } from '../names.ts';
import type { Reader } from './facts.ts';

function written(answer: Answer): string {
  if (Array.isArray(answer)) return answer.join(', ');
  return typeof answer === 'string' ? answer : filesIn(answer).length > 0 ? '' : 'No answer';
}

/** The files that answer a question, or those that the buyer's draft keeps for it, in the order in which they came. */
export const answerFiles = (order: Workspace, requirementId: string, draft = false) =>
  order.files.filter((file) => file.requirement_id === requirementId && file.draft === draft).map(presentFile);

/** The questions with their answers; null before the brief is in, or when nothing was asked. */
export function presentBrief(order: Workspace) {
  if (order.status === 'awaiting_requirements' || order.requirements.length === 0) return null;
  return order.requirements.map(({ id, label, answer }) => ({
    question: label,
    answer: written(answer),
    files: answerFiles(order, id),
  }));
}

/** Newest first, each with what was asked to change after it; a request that waits stands on its own (presentReason()). */
export function presentDeliveries(order: Workspace, { zone }: Reader) {
  const stops = order.clock.filter((row) => row.transition === 'deliver');
  const requests = order.transitions.filter((row) => row.transition === 'request_revision');
  return order.deliveries
    .map((delivery, index) => {
      const until = order.deliveries[index + 1]?.created_at ?? null;
      const request = requests.find(
        ({ created_at: at }) => at >= delivery.created_at && (until === null || at < until),
      );
      return {
        heading: `Delivery ${delivery.number}`,
        note: `${relative(delivery.created_at, zone)}${punctuality(stops[index]?.remaining)}`,
        text: delivery.message,
        links: delivery.links.filter((href) => /^https?:\/\//i.test(href) && URL.canParse(href)).map(presentLink),
        files: order.files.filter((file) => file.delivery_id === delivery.id).map(presentFile),
        asked: request &&
          request !== order.transitions.at(-1) && {
            when: relative(request.created_at, zone),
            text: request.reason ?? '',
          },
      };
    })
    .reverse();
}

const presentLink = (href: string) => ({ href, text: href.replace(/^https?:\/\//i, ''), host: new URL(href).host });

const punctuality = (remaining: number | null | undefined): string =>
  remaining === null || remaining === undefined ? '' : remaining < 0 ? ', late' : ', on time';

/** Why the order stands where it stands, in the words of whoever sent it there. */
export function presentReason(order: Workspace, { role, zone }: Reader) {
  const { dispute, status } = order;
  const last = order.transitions.at(-1);
  if (status === 'revision_requested' && last?.reason) {
    return {
      heading: role === 'buyer' ? 'What you asked to change' : 'What should change',
      text: last.reason,
      note: relative(last.created_at, zone),
    };
  }
  if (status === 'disputed' && dispute?.reason) {
    return { heading: 'The problem', text: dispute.reason, note: relative(dispute.opened_at, zone) };
  }
  const asked = order.transitions.findLast(({ transition }) => transition === 'request_cancellation');
  if (status === 'cancelled' && asked?.reason && last?.actor !== 'admin') {
    return {
      heading: `Why ${asked.actor === role ? 'you' : nameOf(order, asked.actor === 'seller' ? 'seller' : 'buyer')} asked to cancel`,
      text: asked.reason,
      note: relative(asked.created_at, zone),
    };
  }
  if (last?.actor === 'admin' && last.reason) {
    return { heading: 'Why we decided so', text: last.reason, note: relative(last.created_at, zone) };
  }
  return null;
}

export const nameOf = (order: Workspace, side: 'buyer' | 'seller'): string =>
  side === 'seller' ? firstName(order.seller_name) : order.buyer_name ? firstName(order.buyer_name) : 'the buyer';

/** The reviews that this reader may see: his own at once, the other side's when both are in. */
export function presentReviews(order: Workspace, { role, zone }: Reader) {
  return order.reviews.map((review) => ({
    author: review.author_role === role ? 'You' : review.author_name,
    rating: review.rating,
    text: review.body,
    reply:
      review.reply === null
        ? null
        : {
            author:
              review.author_role === role
                ? nameOf(order, review.author_role === 'buyer' ? 'seller' : 'buyer')
                : role === 'admin'
                  ? 'Answer'
                  : 'You',
            text: review.reply,
          },
    when: dateTime(review.created_at, zone),
    at: review.created_at.toISOString(),
    hidden: review.published_at === null,
  }));
}
