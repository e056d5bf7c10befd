import type { Config } from '../config.ts';
import { guestToken } from '../models/guest-buyer.ts';
import { paths } from '../paths.ts';

interface OrderNews {
  kind: string;
  role: 'buyer' | 'seller';
  orderId: string;
  title: string;
  otherName: string;
  reason: string | null;
  guestId: string | null;
}

type Words = (news: OrderNews) => { subject: string; lines: string[] };

const quoted = (reason: string | null): string[] =>
  reason ? ['', ...reason.split('\n').map((line) => `> ${line}`), ''] : [];

/** What each side is told, by what happened. */
const WORDS: Record<string, Partial<Record<'buyer' | 'seller', Words>>> = {
  'order.create': {
    buyer: ({ title, otherName }) => ({
      subject: `Paid: ${title}`,
      lines: [
        `Your order with ${otherName} is paid.`,
        'Open it to see what comes next: if there are questions, the clock starts once you have answered them.',
      ],
    }),
    seller: ({ title, otherName }) => ({
      subject: `New order: ${title}`,
      lines: [`${otherName} ordered “${title}”.`, 'Open the order to see what was bought and whose turn it is.'],
    }),
  },
  'order.submit_requirements': {
    seller: ({ title, otherName }) => ({
      subject: `The brief is in: ${title}`,
      lines: [`${otherName} sent the brief. Your clock is running.`],
    }),
  },
  'order.deliver': {
    buyer: ({ title, otherName }) => ({
      subject: `Delivered: ${title}`,
      lines: [
        `${otherName} delivered. Accept it, or say what should change.`,
        'If you do nothing it counts as accepted after three days.',
      ],
    }),
  },
  'order.request_revision': {
    seller: ({ title, otherName, reason }) => ({
      subject: `Changes asked: ${title}`,
      lines: [`${otherName} asks for changes:`, ...quoted(reason)],
    }),
  },
  'order.accept_delivery': {
    seller: ({ title, otherName }) => ({
      subject: `Accepted: ${title}`,
      lines: [`${otherName} accepted your delivery. The order is done.`, 'You can write a review for 14 days.'],
    }),
  },
  'order.auto_complete': {
    buyer: ({ title }) => ({
      subject: `Completed: ${title}`,
      lines: [
        'Three days after the delivery the order counts as accepted.',
        'You can write a review, or report a problem, for 14 days.',
      ],
    }),
    seller: ({ title }) => ({
      subject: `Completed: ${title}`,
      lines: ['Three days after your delivery the order counts as accepted.', 'You can write a review for 14 days.'],
    }),
  },
};

const anyChange: Words = ({ title }) => ({
  subject: `Your order has moved on: ${title}`,
  lines: ['Something changed on this order. Open it to see where it stands.'],
});

/** The mail for one piece of order news: text, with the link to the very place. */
export function orderNotification(config: Config, news: OrderNews): { subject: string; text: string } {
  const { subject, lines } = (WORDS[news.kind]?.[news.role] ?? anyChange)(news);
  const place = news.guestId
    ? `/o/${guestToken(config, news.guestId)}`
    : news.role === 'seller'
      ? paths.sellerOrder(news.orderId)
      : paths.order(news.orderId);
  const text = [...lines, '', `Open the order: ${config.appUrl}${place}`, '', 'GigFlow'].join('\n');
  return { subject, text };
}
