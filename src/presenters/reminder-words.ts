import type { Row } from './notification-words.ts';

/** What a person is reminded of (jobs/reminders.ts); each goes when the order moves on. */
export const REMINDER_WORDS: Record<string, Row> = {
  'reminder.brief': {
    topic: 'reminders',
    buyer: [
      'The brief is missing: {title}',
      '{other} cannot begin before you have answered the questions.',
      'Seven days after the purchase the seller may cancel; after fourteen days the order is cancelled and you get your money back.',
    ],
  },
  'reminder.due': {
    topic: 'reminders',
    seller: [
      'Due soon: {title}',
      'Your delivery is due soon.',
      'If you need longer, ask for more time before it is late.',
    ],
  },
  'reminder.late': {
    topic: 'reminders',
    seller: [
      'Late: {title}',
      'Your delivery is late. Deliver, or ask {other} for more time.',
      'A day after the due date the buyer may cancel the order or report the delay.',
    ],
    buyer: [
      'Still not delivered: {title}',
      'The work is more than a day late.',
      'You can wait, write to {other}, or end it: open the order to see what is possible.',
    ],
  },
  'reminder.accept': {
    topic: 'reminders',
    buyer: [
      'A delivery waits for you: {title}',
      'Look at what {other} delivered: accept it, or say what should change.',
      'If you do nothing it counts as accepted within a day or so.',
    ],
  },
  'reminder.answer': {
    topic: 'reminders',
    both: [
      '{other} waits for your answer: {title}',
      'A request on this order waits for your answer, and lapses soon.',
      'Open the order to agree or to decline.',
    ],
  },
  'reminder.review': {
    topic: 'reminders',
    both: [
      'Two days left to review: {title}',
      'You can still say how the work with {other} was.',
      'After that the review is closed.',
    ],
  },
};
