import type { Row } from './notification-words.ts';

const AT_THE_BANK = 'The money is shown on your statement when your bank has booked it, often after a few days.';

/**
 * What people are told about money, by what happened: who has it now, what happens next, and what they can do. `{amount}` is
 * what it is about. A sale credits the seller at once, so nothing here may sound as if somebody kept it for him.
 */
export const MONEY_WORDS: Record<string, Row> = {
  'order.tip': {
    topic: 'money',
    seller: [
      'A tip of {amount}: {title}',
      '{other} gave you a tip of {amount} on top of the order.',
      'It is credited to your balance at Whop, less the fee of a sale. It moves no date, and a refund of the order does not take it.',
    ],
  },
  'post.sold': {
    topic: 'money',
    seller: [
      'Sold for {amount}: {title}',
      'Somebody paid {amount} for your post and can read it now.',
      'It is credited to your balance at Whop, less the fee of a sale.',
    ],
  },
  'order.open_chargeback': {
    topic: 'problems',
    buyer: [
      'Your bank asks for {amount} back: {title}',
      'Your bank opened a case about your payment, and the order waits until it has decided.',
      'If that was a mistake, tell your bank to withdraw the case. If something is wrong with the work, write to the seller in the order: that is quicker.',
    ],
    seller: [
      'The buyer’s bank asks for {amount} back: {title}',
      'The buyer’s bank opened a case about this payment. The order waits: nothing is due from you until the bank has decided.',
      'Whop may take the amount from your balance meanwhile. Put whatever shows what you did into the order, as a message with files: GigFlow sends the order’s record to the bank.',
    ],
  },
  'order.close_chargeback': {
    topic: 'problems',
    buyer: [
      'Your bank’s case is closed: {title}',
      'The order goes on from where it stood, and you have at least a day for whatever is due.',
      'If your bank gave back a part of the money, the order shows it.',
    ],
    seller: [
      'The bank’s case is closed: {title}',
      'The order goes on from where it stood, and you have at least a day for whatever is due.',
      'If the bank gave back a part of the money, the order and your balance show it.',
    ],
  },
  'order.dispute_alert': {
    topic: 'problems',
    seller: [
      'Early warning about {amount}: {title}',
      'The buyer’s bank warns that the buyer may ask for {amount} back. Nothing has been taken, and the order goes on.',
      'Write to the buyer now. If he is right, agree on a refund in the order: it usually prevents the case, and what a lost case costs you.',
    ],
    admin: [
      'Early warning about {amount}: {title}',
      'A bank warns that this payment may be disputed. Nothing pauses by itself.',
      'A refund now usually prevents the case. Read the order, then decide.',
    ],
  },
  'order.chargeback': {
    topic: 'problems',
    admin: [
      'A bank asks for {amount} back: {title}',
      'A bank disputes this payment. The order waits until it has decided.',
      'Read the record of the order and send it as evidence in time.',
    ],
  },
  'order.resolution_case': {
    topic: 'problems',
    admin: [
      'A complaint at Whop: {title}',
      'The buyer complained at Whop about this payment.',
      'Answer it in Whop’s dashboard. If money goes back, it appears here as a refund.',
    ],
  },
  'order.refund_in_full': {
    topic: 'money',
    buyer: ['Refunded: {title}', 'All that you paid for this order has gone back to you.', AT_THE_BANK],
    seller: [
      'Refunded: {title}',
      'All that was paid for this order has gone back to the buyer. Nothing is due from you.',
    ],
  },
  'refund.sent': {
    topic: 'money',
    buyer: ['{amount} went back to you: {title}', 'A refund of {amount} is through.', AT_THE_BANK],
    seller: [
      '{amount} went back to the buyer: {title}',
      'A refund of {amount} is through. It was taken from your balance at Whop.',
    ],
  },
  'refund.failed': {
    topic: 'money',
    buyer: [
      'Your refund did not come through yet: {title}',
      'We asked for {amount} to go back to you, and it was not taken. You still have a right to it.',
      'GigFlow looks into it; there is nothing that you need to do. You hear from us when it is sent.',
    ],
    admin: [
      'A refund of {amount} failed: {title}',
      'It was not taken: {reason}',
      'Try it again, or write it off with a reason that the buyer reads.',
    ],
  },
  'refund.waiting': {
    topic: 'money',
    buyer: [
      'Your refund takes longer: {title}',
      'Your refund of {amount} waits until the seller’s balance covers it. It is tried again every day.',
      'After two weeks GigFlow decides how it is paid. There is nothing that you need to do.',
    ],
    seller: [
      'A refund of {amount} waits for your balance: {title}',
      'Your balance at Whop does not cover a refund of {amount}. It is tried again every day; sales that are paid meanwhile count.',
      'Until it is through you cannot withdraw, and nothing new of yours is listed.',
    ],
    admin: [
      'A refund of {amount} waits: {title}',
      'The seller’s balance does not cover it. It is tried again every day.',
      'After two weeks it needs your decision. You can also pay it from the platform now.',
    ],
  },
  'refund.written_off': {
    topic: 'money',
    buyer: [
      'Your refund cannot be sent: {title}',
      'We could not send you {amount}, and it is not tried again:',
      '{reason}',
      'Your bank can still ask for the money back. The record of the order helps you there.',
    ],
  },
  'withdrawal.failed': {
    topic: 'money',
    seller: [
      'Your withdrawal of {amount} did not go through',
      'It was not taken: {reason}',
      'The money is in your balance at Whop. Check where it should go, then ask again.',
    ],
  },
};
