import type { OrderStatus } from '../../models/order/order-process.ts';
import type { OrderRole } from '../../policies/order-policy.ts';

/** What the sentences below speak of. Dates are finished strings in the reader's time zone. */
export interface Facts {
  reader: OrderRole;
  /** First names; "the buyer" for a guest. */
  seller: string;
  buyer: string;
  days: string;
  sellerMayCancel: string;
  briefEnds: string;
  due: string;
  dueDay: string;
  late: boolean;
  lateFrom: string;
  acceptsItself: string;
  rounds: number;
  roundsLeft: number;
  askedBy: OrderRole | null;
  answerBy: string;
  /** What an unanswered request to cancel leads to. */
  unanswered: string;
  disputedBy: string | null;
  refunded: string;
  /** Null once the time for reviews and reports is over. */
  aftercare: string | null;
  reviewed: boolean;
  reviewsPublic: boolean;
}

export type PrimaryAct = 'requirements' | 'deliveries' | 'acceptance' | 'reviews';

/** What one side reads about an order that stands so. */
export interface Stage {
  mine: (facts: Facts) => boolean;
  heading: (facts: Facts) => string;
  text: (facts: Facts) => string;
  /** What to do now, for whoever came at a wrong moment. */
  next: (facts: Facts) => string;
  act: PrimaryAct | null;
}

const yes = () => true;
const no = () => false;
const watching = () => 'You are looking on as an administrator.';
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const rounds = ({ rounds: all, roundsLeft: left }: Facts): string => {
  if (all === 0) return 'This package has no rounds of changes.';
  if (left === 0) return 'All rounds of changes are used.';
  return `${left} of ${all} ${all === 1 ? 'round' : 'rounds'} of changes left.`;
};
const lateRule = (facts: Facts, who: string): string =>
  facts.late
    ? `It was due ${facts.due}. If nothing is delivered, ${who} may cancel from ${facts.lateFrom} on.`
    : `Due ${facts.due}. Nothing delivered by ${facts.lateFrom}? Then ${who} may cancel.`;
const delayRule = (facts: Facts, who: string): string =>
  facts.late
    ? `It was due ${facts.due}. ${capital(who)} may report the delay from ${facts.lateFrom} on.`
    : `Due ${facts.due}.`;
const unanswered = (facts: Facts): string => `Without an answer by ${facts.answerBy} ${facts.unanswered}.`;
const opener = ({ disputedBy, reader, ...names }: Facts): string => {
  if (disputedBy === 'buyer' || disputedBy === 'seller') {
    return `${disputedBy === reader ? 'You' : capital(names[disputedBy])} reported a problem.`;
  }
  if (disputedBy === 'clock') return 'It stayed unfinished too long.';
  return disputedBy === 'whop' ? 'The buyer’s bank has asked for the money back.' : 'There is an open problem.';
};
const settled = ({ disputedBy }: Facts): string => (disputedBy === 'whop' ? 'the bank has answered' : 'it is settled');
const reviewed = ({ reviewsPublic, aftercare: until }: Facts): string =>
  reviewsPublic || !until
    ? 'Your review is public.'
    : `Your review appears when both are in, after ${until} in any case.`;
const aftercare = ({ aftercare: until }: Facts, sentence: string): string =>
  until ? `${sentence} until ${until}.` : '';

/** Every state as each side sees it. */
export const STAGES: Record<OrderStatus, Record<OrderRole, Stage>> = {
  awaiting_requirements: {
    buyer: {
      mine: yes,
      heading: () => 'Your turn: send the brief',
      text: (f) => `${f.seller} starts when your answers are in; the ${f.days} count from then.`,
      next: (f) => `Answer the questions. Without them ${f.seller} may cancel from ${f.sellerMayCancel} on.`,
      act: 'requirements',
    },
    seller: {
      mine: no,
      heading: (f) => `${capital(f.buyer)}’s turn: the brief`,
      text: (f) => `Your ${f.days} start when the answers are in. Nothing to do for you.`,
      next: (f) => `Wait for the brief. If none comes, the order ends on ${f.briefEnds}.`,
      act: null,
    },
    admin: {
      mine: no,
      heading: (f) => `Waiting for ${f.buyer}’s brief`,
      text: (f) => `Paid, and not begun. Without a brief it ends on ${f.briefEnds}.`,
      next: watching,
      act: null,
    },
  },
  in_progress: {
    buyer: {
      mine: no,
      heading: (f) => (f.late ? `${f.seller}’s turn: the work is late` : `${f.seller}’s turn: the work`),
      text: (f) => (f.late ? lateRule(f, 'you') : `Due ${f.due}. Nothing to do for you.`),
      next: (f) => `Wait for the delivery, due ${f.due}. You can write to ${f.seller} meanwhile.`,
      act: null,
    },
    seller: {
      mine: yes,
      heading: (f) => (f.late ? 'Your turn: deliver, you are late' : `Your turn: deliver by ${f.dueDay}`),
      text: (f) => lateRule(f, 'the buyer'),
      next: (f) => `Deliver the work. It is due ${f.due}.`,
      act: 'deliveries',
    },
    admin: {
      mine: no,
      heading: (f) => (f.late ? `${f.seller}’s work is late` : `${f.seller} works on it`),
      text: (f) => lateRule(f, 'the buyer'),
      next: watching,
      act: null,
    },
  },
  delivered: {
    buyer: {
      mine: yes,
      heading: () => 'Your turn: check the delivery',
      text: (f) =>
        `${f.roundsLeft ? 'Accept it, or say what should change.' : 'Look at it and accept it.'} ${rounds(f)}`,
      next: (f) =>
        `${f.roundsLeft ? 'Accept the delivery or ask for changes.' : 'Look at the delivery and accept it.'} It counts as accepted ${f.acceptsItself}.`,
      act: 'acceptance',
    },
    seller: {
      mine: no,
      heading: (f) => `${capital(f.buyer)}’s turn: your delivery`,
      text: (f) => `It counts as accepted ${f.acceptsItself}. ${rounds(f)} Nothing to do for you.`,
      next: (f) => `Wait for ${f.buyer}. The delivery counts as accepted ${f.acceptsItself}.`,
      act: null,
    },
    admin: {
      mine: no,
      heading: (f) => `Waiting for ${f.buyer} to check the delivery`,
      text: (f) => `It counts as accepted ${f.acceptsItself}. ${rounds(f)}`,
      next: watching,
      act: null,
    },
  },
  revision_requested: {
    buyer: {
      mine: no,
      heading: (f) => (f.late ? `${f.seller}’s turn: your changes are late` : `${f.seller}’s turn: your changes`),
      text: (f) => (f.late ? delayRule(f, 'you') : `Due ${f.due}. Nothing to do for you.`),
      next: (f) => `Wait for the next delivery, due ${f.due}. You can write to ${f.seller} meanwhile.`,
      act: null,
    },
    seller: {
      mine: yes,
      heading: (f) =>
        f.late ? 'Your turn: make the changes, you are late' : `Your turn: make the changes by ${f.dueDay}`,
      text: (f) => delayRule(f, 'the buyer'),
      next: (f) => `Make the changes and deliver again. They are due ${f.due}.`,
      act: 'deliveries',
    },
    admin: {
      mine: no,
      heading: (f) => (f.late ? `${f.seller}’s changes are late` : `${f.seller} makes changes`),
      text: (f) => delayRule(f, 'the buyer'),
      next: watching,
      act: null,
    },
  },
  completed: {
    buyer: {
      mine: no,
      heading: () => 'Done: the work is accepted',
      text: (f) => (f.reviewed ? reviewed(f) : aftercare(f, 'You can write a review') || 'Nothing is left to do.'),
      next: (f) =>
        f.reviewed || !f.aftercare
          ? 'Everything is settled. The thread stays open for questions.'
          : `You can review ${f.seller}’s work until ${f.aftercare}.`,
      act: 'reviews',
    },
    seller: {
      mine: no,
      heading: () => 'Done: your work is accepted',
      text: (f) => (f.reviewed ? reviewed(f) : aftercare(f, `You can review ${f.buyer}`) || 'Nothing is left to do.'),
      next: (f) =>
        f.reviewed || !f.aftercare
          ? 'Everything is settled. The thread stays open for questions.'
          : `You can review ${f.buyer} until ${f.aftercare}.`,
      act: 'reviews',
    },
    admin: {
      mine: no,
      heading: () => 'Done: the work is accepted',
      text: (f) =>
        aftercare(f, 'Both sides can write reviews and report problems') || 'The time for reviews and reports is over.',
      next: watching,
      act: null,
    },
  },
  cancel_requested: {
    buyer: {
      mine: (f) => f.askedBy === 'seller',
      heading: (f) =>
        f.askedBy === 'seller' ? `Your turn: ${f.seller} asks to cancel` : `${f.seller}’s turn: your request to cancel`,
      text: (f) =>
        f.askedBy === 'seller'
          ? `The work rests until you answer. ${unanswered(f)}`
          : `The work rests until ${f.seller} answers. ${unanswered(f)}`,
      next: (f) =>
        f.askedBy === 'seller'
          ? `Read what ${f.seller} writes and answer by ${f.answerBy}.`
          : `Wait for ${f.seller}’s answer, until ${f.answerBy} at the latest.`,
      act: null,
    },
    seller: {
      mine: (f) => f.askedBy === 'buyer',
      heading: (f) =>
        f.askedBy === 'buyer'
          ? `Your turn: ${f.buyer} asks to cancel`
          : `${capital(f.buyer)}’s turn: your request to cancel`,
      text: (f) =>
        f.askedBy === 'buyer'
          ? `Your clock stands still until you answer. ${unanswered(f)}`
          : `Your clock stands still until ${f.buyer} answers. ${unanswered(f)}`,
      next: (f) =>
        f.askedBy === 'buyer'
          ? `Read what ${f.buyer} writes and answer by ${f.answerBy}.`
          : `Wait for the answer of ${f.buyer}, until ${f.answerBy} at the latest.`,
      act: null,
    },
    admin: {
      mine: no,
      heading: (f) => (f.askedBy === 'seller' ? `${f.seller} asks to cancel` : `${capital(f.buyer)} asks to cancel`),
      text: (f) => `The work rests until the other side answers. ${unanswered(f)}`,
      next: watching,
      act: null,
    },
  },
  cancelled: {
    buyer: {
      mine: no,
      heading: () => 'This order is cancelled',
      text: (f) =>
        `No more work is done on it. ${f.refunded ? `${f.refunded} went` : 'What you paid goes'} back the way you paid.`,
      next: (f) => `Nothing more happens here. You can still write to ${f.seller}.`,
      act: null,
    },
    seller: {
      mine: no,
      heading: () => 'This order is cancelled',
      text: (f) =>
        `No more work is due. ${f.refunded ? `${f.refunded} went back to the buyer` : 'What the buyer paid goes back'}.`,
      next: (f) => `Nothing more happens here. You can still write to ${f.buyer}.`,
      act: null,
    },
    admin: {
      mine: no,
      heading: () => 'This order is cancelled',
      text: (f) =>
        f.refunded
          ? `No more work is done on it. ${f.refunded} went back to the buyer.`
          : 'No more work is done on it. What was paid goes back to the buyer.',
      next: watching,
      act: null,
    },
  },
  disputed: {
    buyer: {
      mine: no,
      heading: () => 'This order is in dispute',
      text: (f) => `${opener(f)} Everything rests until ${settled(f)}. Write below what we should know.`,
      next: (f) => `Say in the dispute what we should know, or write to ${f.seller}. We read both.`,
      act: null,
    },
    seller: {
      mine: no,
      heading: () => 'This order is in dispute',
      text: (f) => `${opener(f)} Your clock stands still until ${settled(f)}. Write below what we should know.`,
      next: (f) => `Say in the dispute what we should know, or write to ${f.buyer}. We read both.`,
      act: null,
    },
    admin: {
      mine: no,
      heading: () => 'This order is in dispute',
      text: (f) => `${opener(f)} Everything rests until ${settled(f)}.`,
      next: watching,
      act: null,
    },
  },
  refunded: {
    buyer: {
      mine: no,
      heading: () => 'This order is refunded',
      text: (f) =>
        f.refunded ? `${f.refunded} went back the way you paid.` : 'Your money goes back the way you paid.',
      next: (f) => `Nothing more happens here. You can still write to ${f.seller}.`,
      act: null,
    },
    seller: {
      mine: no,
      heading: () => 'This order is refunded',
      text: (f) =>
        `Nothing more is due from you. ${f.refunded ? `${f.refunded} went back to the buyer` : 'What the buyer paid goes back'}.`,
      next: (f) => `Nothing more happens here. You can still write to ${f.buyer}.`,
      act: null,
    },
    admin: {
      mine: no,
      heading: () => 'This order is refunded',
      text: (f) => (f.refunded ? `${f.refunded} went back to the buyer.` : 'The money goes back to the buyer.'),
      next: watching,
      act: null,
    },
  },
};
