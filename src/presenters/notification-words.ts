import type { NewsRole } from '../models/notification.ts';
import { MONEY_WORDS } from './money-words.ts';
import { REMINDER_WORDS } from './reminder-words.ts';

/** What a person can switch mails off for, as he reads it (account/notifications). */
export const TOPICS = {
  work: 'New orders, briefs, deliveries, changes and acceptance',
  agreements: 'Requests to cancel, for more time or for a part refund, and their answers',
  problems: 'Reported problems, cases at the bank, and how they end',
  money: 'Tips, sales of posts, refunds and withdrawals',
  messages: 'New messages and offers',
  reminders: 'Reminders of what waits for you',
} as const;
export type Topic = keyof typeof TOPICS;

type Telling = [subject: string, ...lines: string[]];
export type Row = { topic: Topic } & Partial<Record<NewsRole | 'both', Telling>>;

const REVIEW = 'You can write a review for 14 days.';

/**
 * What each side is told, by what happened: `{title}` is the order's, `{other}` the other side, `{reason}` stands for
 * the words that were given, `{amount}` is the money it is about. The page shows subject and first line, the mail everything.
 */
export const WORDS: Record<string, Row> = {
  'order.create': {
    topic: 'work',
    buyer: [
      'Paid: {title}',
      'Your order with {other} is paid.',
      'Open it to see what comes next: if there are questions, the clock starts once you have answered them.',
    ],
    seller: [
      'New order: {title}',
      '{other} ordered “{title}”.',
      'Open the order to see what was bought and whose turn it is.',
    ],
  },
  'order.submit_requirements': {
    topic: 'work',
    buyer: ['The brief is in: {title}', 'The brief is complete, and the clock is running.'],
    seller: ['The brief is in: {title}', '{other} sent the brief. Your clock is running.'],
  },
  'order.deliver': {
    topic: 'work',
    buyer: [
      'Delivered: {title}',
      '{other} delivered. Accept it, or say what should change.',
      'If you do nothing it counts as accepted after three days.',
    ],
    seller: ['Delivered: {title}', 'Your work counts as delivered.'],
  },
  'order.request_revision': {
    topic: 'work',
    buyer: ['Changes asked: {title}', 'Changes were asked for on this order:', '{reason}'],
    seller: ['Changes asked: {title}', '{other} asks for changes:', '{reason}'],
  },
  'order.accept_delivery': {
    topic: 'work',
    buyer: ['Accepted: {title}', 'The delivery counts as accepted. The order is done.', REVIEW],
    seller: ['Accepted: {title}', '{other} accepted your delivery. The order is done.', REVIEW],
  },
  'order.auto_complete': {
    topic: 'work',
    buyer: [
      'Completed: {title}',
      'Three days after the delivery the order counts as accepted.',
      'You can write a review, or report a problem, for 14 days.',
    ],
    seller: ['Completed: {title}', 'Three days after your delivery the order counts as accepted.', REVIEW],
  },
  'order.request_cancellation': {
    topic: 'agreements',
    both: [
      '{other} asks to cancel: {title}',
      '{other} asks to cancel this order, and waits for your answer:',
      '{reason}',
      'Open the order to agree or to decline. The clock stands still meanwhile.',
    ],
  },
  'order.withdraw_cancellation': {
    topic: 'agreements',
    both: ['The order goes on: {title}', '{other} took back the request to cancel.'],
  },
  'order.decline_cancellation': {
    topic: 'agreements',
    both: ['The order goes on: {title}', '{other} does not agree to cancel.', '{reason}'],
  },
  'order.accept_cancellation': {
    topic: 'agreements',
    buyer: ['Cancelled: {title}', 'You both agreed to cancel. What you paid goes back to you.'],
    seller: ['Cancelled: {title}', 'You both agreed to cancel. What was paid goes back to the buyer.'],
  },
  'order.lapse_cancellation': {
    topic: 'agreements',
    buyer: ['Cancelled: {title}', 'The request to cancel was not answered in time. What you paid goes back to you.'],
    seller: [
      'Cancelled: {title}',
      'The request to cancel was not answered in time. What was paid goes back to the buyer.',
    ],
  },
  'order.escalate_cancellation': {
    topic: 'problems',
    both: [
      'We look at your order: {title}',
      'The request to cancel was not answered in time, and something had been delivered. GigFlow decides now; say how you see it.',
    ],
  },
  'order.cancel_unstarted': {
    topic: 'agreements',
    buyer: ['Cancelled: {title}', 'The brief never came, so the order was cancelled. What you paid goes back to you.'],
    seller: ['Cancelled: {title}', 'The brief never came, so the order was cancelled.'],
  },
  'order.cancel_suspended': {
    topic: 'agreements',
    buyer: [
      'Cancelled: {title}',
      'The order was cancelled, since your account is suspended. What you paid goes back to you.',
    ],
    seller: [
      'Cancelled: {title}',
      'The order was cancelled, since your account is suspended. The buyer gets the money back.',
    ],
  },
  'order.cancel_late': {
    topic: 'agreements',
    buyer: [
      'Cancelled: {title}',
      'Nothing was delivered in time, so the order was cancelled. What you paid goes back to you.',
    ],
    seller: [
      'Cancelled: {title}',
      'Nothing was delivered in time, so the order was cancelled and the buyer gets the money back.',
    ],
  },
  'order.dispute_late': {
    topic: 'problems',
    both: [
      'A delay was reported: {title}',
      'The changes are late, so GigFlow looks at this order. Say how you see it.',
    ],
  },
  'order.open_dispute': {
    topic: 'problems',
    both: [
      'A problem was reported: {title}',
      '{other} reported a problem:',
      '{reason}',
      'Say how you see it; GigFlow decides.',
    ],
  },
  'order.withdraw_dispute': {
    topic: 'problems',
    both: ['The order goes on: {title}', '{other} took back the report of a problem.'],
  },
  'order.resolve_refund': {
    topic: 'problems',
    buyer: ['Decided: {title}', 'GigFlow decided for a refund. What you paid goes back to you.', '{reason}'],
    seller: ['Decided: {title}', 'GigFlow decided for a refund to the buyer.', '{reason}'],
  },
  'order.resolve_split': {
    topic: 'problems',
    both: ['Decided: {title}', 'GigFlow divided the amount between both sides.', '{reason}'],
  },
  'order.resolve_release': {
    topic: 'problems',
    both: ['Decided: {title}', 'GigFlow decided that the seller keeps the amount.', '{reason}'],
  },
  'order.settle': {
    topic: 'agreements',
    both: ['Agreed: {title}', 'The part refund is agreed, and the order is done.'],
  },
  'order.propose_extension': {
    topic: 'agreements',
    both: ['{other} asks for more time: {title}', 'Open the order to agree or to decline.'],
  },
  'order.accept_extension': {
    topic: 'agreements',
    both: ['More time agreed: {title}', '{other} agreed. The due date moved.'],
  },
  'order.decline_extension': {
    topic: 'agreements',
    both: ['No more time: {title}', '{other} declined. The due date stays as it was.'],
  },
  'order.withdraw_extension': {
    topic: 'agreements',
    both: ['Request taken back: {title}', '{other} no longer asks for more time.'],
  },
  'order.lapse_extension': {
    topic: 'agreements',
    both: ['No answer in time: {title}', 'The request for more time lapsed. The due date stays as it was.'],
  },
  'order.propose_settlement': {
    topic: 'agreements',
    both: ['{other} proposes a part refund: {title}', 'Open the order to see the amount, and to agree or decline.'],
  },
  'order.decline_settlement': {
    topic: 'agreements',
    both: ['Part refund declined: {title}', '{other} does not agree to the part refund.'],
  },
  'order.withdraw_settlement': {
    topic: 'agreements',
    both: ['Proposal taken back: {title}', '{other} no longer proposes the part refund.'],
  },
  'order.lapse_settlement': {
    topic: 'agreements',
    both: ['No answer in time: {title}', 'The proposal of a part refund lapsed.'],
  },
  'order.statement': {
    topic: 'problems',
    both: ['A statement in your case: {title}', 'Something was added to the reported problem. Read it and answer.'],
    admin: ['A statement in a case: {title}', 'Something was added to the reported problem.'],
  },
  'order.dispute': {
    topic: 'problems',
    admin: ['A problem to decide: {title}', 'One side reported a problem with this order.'],
  },
  ...MONEY_WORDS,
  ...REMINDER_WORDS,
  'offer.made': {
    topic: 'messages',
    buyer: [
      '{other} made you an offer: {title}',
      'Open the conversation to see what is included and what it costs.',
      'You have 14 days to accept and pay, or to decline.',
    ],
  },
  'offer.withdrawn': {
    topic: 'messages',
    buyer: ['Offer withdrawn: {title}', '{other} withdrew the offer. It can no longer be accepted.'],
  },
  'offer.declined': {
    topic: 'messages',
    seller: ['Offer declined: {title}', '{other} declined your offer. You can make another one.'],
  },
  message: { topic: 'messages', both: ['{other} wrote to you: {title}', 'A new message waits for you.'] },
};

/** A change that nobody has found words for yet. */
export const ANY_CHANGE: Row = {
  topic: 'work',
  both: ['Your order has moved on: {title}', 'Something changed on this order. Open it to see where it stands.'],
  admin: ['An order needs you: {title}', 'Something changed on this order. Open it to see where it stands.'],
};
