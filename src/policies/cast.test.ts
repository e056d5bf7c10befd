import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Person } from '../models/person.ts';
import { claimBy } from './claim-policy.ts';
import { mayReviewGig } from './gig-policy.ts';
import { mayDeclineOffer, mayMakeOffer, mayWithdrawOffer } from './offer-policy.ts';
import * as orderPolicy from './order-policy.ts';
import type { Decision } from './policy.ts';
import { mayPublishPost } from './post-policy.ts';
import { mayCloseReport } from './report-policy.ts';
import { maySell } from './seller-policy.ts';
import { maySuspend } from './user-policy.ts';

/** Everybody, before every predicate. The suspended one is the buyer of the order, and a seller. */
const CAST = ['nobody', 'stranger', 'buyer', 'seller', 'guest', 'admin', 'suspended'] as const;
type Actor = (typeof CAST)[number];

const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;
const IDS: Record<Actor, string> = {
  nobody: '',
  stranger: id(1),
  buyer: id(2),
  seller: id(3),
  guest: id(4),
  admin: id(5),
  suspended: id(6),
};
const people = Object.fromEntries(
  CAST.map((who): [Actor, Person] => [
    who,
    {
      ...{ id: IDS[who], role: who === 'admin' ? 'admin' : 'user', suspended: who === 'suspended' },
      ...{ email: `${who}@gigflow.test`, emailVerified: true, username: who, displayName: who, timeZone: 'UTC' },
      ...{ isSeller: who === 'seller' || who === 'suspended', unread: 0, avatarId: null },
    } as Person,
  ]),
) as Record<Actor, Person>;

const askers: Record<Actor, orderPolicy.Asker> = {
  ...(Object.fromEntries(
    CAST.map((who): [Actor, orderPolicy.Asker] => [
      who,
      { actor: { role: people[who].role, id: IDS[who] }, suspended: who === 'suspended' },
    ]),
  ) as Record<Actor, orderPolicy.Asker>),
  nobody: { actor: { role: 'anonymous' }, suspended: false },
  guest: { actor: { role: 'guest', id: IDS.guest }, suspended: false },
};

/** The order that each of them asks about: the guest and the suspended one bought one of their own from the same seller. */
const orderOf = (who: Actor): orderPolicy.Parties => ({
  buyer_id: who === 'guest' ? null : who === 'suspended' ? IDS.suspended : IDS.buyer,
  guest_buyer_id: who === 'guest' ? IDS.guest : null,
  seller_id: IDS.seller,
});

type Row = Record<Actor, true | string>;
const OTHERS = 'This order is between other people.';
const SUSPENDED = 'Your account is suspended. You can look at your orders, not act on them.';

/** The usual row of an order: who may of its sides, and what the others hear. */
const sides = (who: 'buyer' | 'seller' | 'both' | 'all', reason: string): Row => ({
  nobody: OTHERS,
  stranger: OTHERS,
  buyer: who === 'seller' ? reason : true,
  seller: who === 'buyer' ? reason : true,
  guest: who === 'seller' ? reason : true,
  admin: who === 'all' ? true : reason,
  suspended: SUSPENDED,
});
const same = (answer: true | string): Row => Object.fromEntries(CAST.map((who) => [who, answer])) as Row;

const TABLE: Record<string, Row> = {
  see: { ...same(true), nobody: OTHERS, stranger: OTHERS },
  submitRequirements: sides('buyer', 'Only the buyer can send the brief.'),
  deliver: sides('seller', 'Only the seller can deliver.'),
  requestRevision: sides('buyer', 'Only the buyer can ask for changes.'),
  acceptDelivery: sides('buyer', 'Only the buyer can accept a delivery.'),
  review: sides('both', 'Only the buyer and the seller review each other.'),
  askToCancel: sides('both', 'Only the buyer and the seller can ask to cancel.'),
  cancelUnstarted: sides('seller', 'Only the seller can cancel an order without a brief.'),
  cancelLate: sides('buyer', 'Only the buyer can cancel a late order.'),
  cancelSuspended: sides('both', 'Only the buyer and the seller can leave an order so.'),
  reportDelay: sides('buyer', 'Only the buyer can report a delay.'),
  propose: sides('both', 'Only the buyer and the seller agree on changes of the order.'),
  dispute: sides('both', 'Only the buyer and the seller can report a problem.'),
  stateInDispute: sides('all', ''),
  buyMore: sides('buyer', 'Only the buyer can add to an order.'),
  reply: sides('both', 'Only who was reviewed can answer.'),
  sendMessage: sides('both', 'Only the buyer and the seller write in this thread.'),
  decide: { ...same('Only an admin can do this.'), admin: true },
  'answer: accept': {
    ...sides('both', 'Only the buyer and the seller agree on changes of the order.'),
    buyer: 'The other side has to answer this.',
    guest: 'The other side has to answer this.',
  },
  'answer: decline': {
    ...sides('both', 'Only the buyer and the seller agree on changes of the order.'),
    buyer: 'The other side has to answer this.',
    guest: 'The other side has to answer this.',
  },
  'answer: withdraw': {
    ...sides('both', 'Only the buyer and the seller agree on changes of the order.'),
    seller: 'Only the person who asked can withdraw this.',
  },
  mayMakeOffer: { ...same('Only the seller of this gig makes offers here.'), seller: true },
  mayWithdrawOffer: { ...same('Only the seller who made an offer can withdraw it.'), seller: true },
  mayDeclineOffer: { ...same('Only the buyer can decline an offer.'), buyer: true },
  mayCloseReport: { ...same('Only an admin closes reports.'), admin: true },
  mayReviewGig: { ...same('Only an admin reviews gigs.'), admin: true },
  maySuspend: { ...same('Only an admin suspends people.'), admin: true },
  maySell: {
    ...same('Open a seller account first: it takes your name and your country.'),
    seller: true,
    suspended: true,
  },
  mayPublishPost: { ...same(true), suspended: 'Your account is suspended. Nothing can be put on sale.' },
};

const answerOf = (decision: Decision): true | string => (decision.allowed ? true : decision.reason);
const orderSides = { seller_id: IDS.seller, buyer_id: IDS.buyer };
const others: Record<string, (who: Actor) => Decision> = {
  mayMakeOffer: (who) => mayMakeOffer(people[who], orderSides),
  mayWithdrawOffer: (who) => mayWithdrawOffer(people[who], orderSides),
  mayDeclineOffer: (who) => mayDeclineOffer(people[who], orderSides),
  mayCloseReport: (who) => mayCloseReport(people[who], orderSides),
  mayReviewGig: (who) => mayReviewGig(people[who], { seller_id: IDS.seller }),
  maySuspend: (who) => maySuspend(people[who], { id: id(9), role: 'user' }),
  maySell: (who) => maySell(people[who]),
  mayPublishPost: (who) => mayPublishPost(people[who], { kyc_status: 'verified' }),
};

function decide(name: string, who: Actor): Decision {
  const [predicate, how] = name.split(': ') as [string, 'accept' | 'decline' | 'withdraw'];
  if (others[name]) return others[name](who);
  const rule = how
    ? orderPolicy.answer('buyer', how)
    : (orderPolicy as unknown as Record<string, orderPolicy.OrderPredicate>)[predicate]!;
  return rule(askers[who], orderOf(who));
}

test.each(Object.entries(TABLE))('%s: the whole cast, with the reason', (name, row) => {
  const answers = Object.fromEntries(CAST.map((who) => [who, answerOf(decide(name, who))]));
  expect(answers).toEqual(row);
});

/** Not questions of who may: what somebody is, and how an act asks the predicates. */
const NO_PREDICATES = new Set(['roleIn', 'authorizeAct', 'requireMoment', 'offers', 'allow', 'deny', 'authorize']);
/** Its answer is how, not whether: claim-policy.test.ts lists its cases, the cast of an order below. */
const ELSEWHERE = new Set(['claimBy']);

test('every predicate of this folder has a row', async () => {
  const files = (await readdir(import.meta.dirname)).filter((file) => /^[a-z-]+\.ts$/.test(file));
  const modules = (await Promise.all(files.map((file) => import(`./${file}`)))) as Record<string, unknown>[];
  const names = modules.flatMap((module) => Object.keys(module).filter((name) => typeof module[name] === 'function'));
  const listed = new Set(Object.keys(TABLE).map((name) => name.split(':')[0]));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !listed.has(name) && !NO_PREDICATES.has(name) && !ELSEWHERE.has(name))).toEqual([]);
});

test('claimBy: nobody but the guest himself, by his proven address or his link', () => {
  const order = { email: 'guest@gigflow.test', guest_id: IDS.guest, seller_id: IDS.seller };
  const bySession = Object.fromEntries(CAST.map((who) => [who, claimBy(people[who], order, [])]));
  expect(bySession).toEqual({ ...same(null as never), guest: 'address' });
  expect(claimBy(people.stranger, order, [IDS.guest])).toBe('link');
  expect(claimBy(people.seller, order, [IDS.guest])).toBeNull();
});
