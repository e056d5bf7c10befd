import { afterEach, beforeEach, expect, test } from 'vitest';
import { clock } from '../../clock.ts';
import { ORDER_STATUSES, type OrderStatus } from '../../models/order/order-process.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { presentWrongState } from '../wrong-state.ts';
import { presentOrder } from './page.ts';
import type { Reader } from './facts.ts';

const at = (text: string): Date => new Date(`${text}Z`);
const ids = { buyer: '00000000-0000-4000-8000-000000000001', seller: '00000000-0000-4000-8000-000000000002' };
const readers = ['buyer', 'seller', 'admin'] as const;
const reader = (role: Reader['role']): Reader => ({
  role,
  zone: 'Asia/Amman',
  asker: {
    suspended: false,
    actor:
      role === 'admin'
        ? { role: 'admin', id: '00000000-0000-4000-8000-000000000003' }
        : { role: 'user', id: ids[role] },
  },
});

function orderIn(status: OrderStatus, change: Partial<Workspace> = {}): Workspace {
  const begun = status !== 'awaiting_requirements';
  const interrupted = status === 'cancel_requested' || status === 'disputed';
  return {
    id: '7f3c91a2-0000-4000-8000-000000000000',
    buyer_id: ids.buyer,
    guest_buyer_id: null,
    seller_id: ids.seller,
    gig_id: null,
    title: 'Menu and price list for your café',
    status,
    resume_status: interrupted ? 'in_progress' : null,
    created_at: at('2026-11-13T11:12:00'),
    delivery_days: 5,
    due_at: begun ? at('2026-11-22T15:00:00') : null,
    delivered_at: status === 'delivered' ? at('2026-11-20T13:20:00') : null,
    auto_complete_at: status === 'delivered' ? at('2026-11-23T13:20:00') : null,
    completed_at: status === 'completed' ? at('2026-11-20T15:00:00') : null,
    revisions_allowed: 2,
    revisions_used: 0,
    buyer_suspended: false,
    seller_suspended: false,
    buyer_avatar: null,
    seller_avatar: null,
    package_tier: 'standard',
    package_title: 'Folded menu',
    currency: 'usd',
    total_cents: 11_500,
    fee_bps: 1_000,
    fee_cents: 1_150,
    seller_cents: 10_350,
    refunded_cents: 0,
    tips_cents: 0,
    left_cents: 11_500,
    cancelled_late_at: null,
    seller_name: 'Noor Haddad',
    seller_username: 'noor',
    buyer_name: 'Ada Marlowe',
    buyer_username: 'ada',
    items: [{ kind: 'package', extra_id: null, title: 'Folded menu', quantity: 1, total_cents: 11_500 }],
    requirements: [],
    deliveries: [],
    draft: null,
    brief_draft: null,
    transitions: [],
    clock: [],
    messages: [],
    reads: [],
    whop_chat: null,
    files: [],
    proposals: [],
    disputes: [],
    statements: [],
    refunds: [],
    offered_extras: [],
    reviews: [],
    cancellation:
      status === 'cancel_requested'
        ? {
            by_role: 'seller',
            reason: 'I am ill',
            answer_by: at('2026-11-24T09:00:00'),
            created_at: at('2026-11-20T09:00:00'),
          }
        : null,
    dispute:
      status === 'disputed'
        ? { source: 'party', opened_by: 'buyer', reason: 'Not as agreed', opened_at: at('2026-11-20T09:00:00') }
        : null,
    ...change,
  };
}

beforeEach(() => clock.set(at('2026-11-21T06:20:00')));
afterEach(() => clock.set(null));

const everyPage = ORDER_STATUSES.flatMap((status) => readers.map((role) => [status, role] as const));

test.each(everyPage)('%s has words for the %s', (status, role) => {
  const order = orderIn(status);
  const { turn } = presentOrder(order, reader(role));
  const wrong = presentWrongState(order, reader(role), 'Too late.', { reason: 'Larger type' });
  for (const text of [turn.heading, turn.text, wrong.heading, wrong.next]) {
    expect(text).toMatch(/^[A-ZÀ-Ž].{8,}/);
    expect(text).not.toMatch(/undefined|null|NaN|(by|until|from) *[.?]|  /);
  }
  expect(wrong.kept).toBe('Larger type');
  expect(wrong.send !== null).toBe(role !== 'admin');
});

test.each(everyPage)('%s: a guest buyer has no name, and the %s reads no hole', (status, role) => {
  const order = orderIn(status, { buyer_id: null, guest_buyer_id: ids.buyer, buyer_name: null, buyer_username: null });
  const asker =
    role === 'buyer' ? { suspended: false, actor: { role: 'guest', id: ids.buyer } as const } : reader(role).asker;
  const view = presentOrder(order, { ...reader(role), asker });
  expect(JSON.stringify([view.turn, view.people, view.history])).not.toMatch(/undefined|"null|null’s/);
});

test('the strip is yellow for one side at a time, and for nobody when all is done', () => {
  const mine = (order: Workspace) => readers.filter((role) => presentOrder(order, reader(role)).turn.mine);
  const turns = Object.fromEntries(ORDER_STATUSES.map((status) => [status, mine(orderIn(status))]));
  expect(turns).toEqual({
    awaiting_requirements: ['buyer'],
    in_progress: ['seller'],
    delivered: ['buyer'],
    revision_requested: ['seller'],
    completed: [],
    cancel_requested: ['buyer'],
    cancelled: [],
    disputed: [],
    refunded: [],
  });
});

test('the pictures’ sentences', () => {
  const buyer = presentOrder(orderIn('delivered'), reader('buyer')).turn;
  expect(buyer).toMatchObject({
    mine: true,
    heading: 'Your turn: check the delivery',
    text: 'Accept it, or say what should change. 2 of 2 rounds of changes left.',
    clock: '2 days 7 h',
    clockNote: 'then it counts as accepted',
    gone: 24,
  });
  const seller = presentOrder(orderIn('in_progress', { delivery_days: 3 }), reader('seller')).turn;
  expect(seller).toMatchObject({
    heading: 'Your turn: deliver by Sunday',
    text: 'Due Sun 22 Nov, 18:00. Nothing delivered by Mon 23 Nov, 18:00? Then the buyer may cancel.',
    clock: '1 day 8 h',
    clockNote: 'left of 3 days',
  });
});

test('late work says so to both sides', () => {
  clock.set(at('2026-11-23T09:00:00'));
  expect(presentOrder(orderIn('in_progress'), reader('seller')).turn).toMatchObject({
    heading: 'Your turn: deliver, you are late',
    clock: 'Late',
    gone: 100,
  });
  expect(presentOrder(orderIn('in_progress'), reader('buyer')).turn.text).toBe(
    'It was due Sun 22 Nov, 18:00. If nothing is delivered, you may cancel from Mon 23 Nov, 18:00 on.',
  );
});

test('steps follow the order, through an interruption to where it ended', () => {
  const steps = (order: Workspace) => presentOrder(order, reader('buyer')).steps;
  const asks = {
    requirements: [
      { id: ids.buyer, kind: 'short_text' as const, label: 'Name?', required: true, choices: [], answer: 'x' },
    ],
  };
  expect(steps(orderIn('disputed', asks))).toEqual({
    names: ['Paid', 'Brief', 'Work', 'Delivered', 'Done'],
    current: 2,
  });
  expect(steps(orderIn('completed', asks)).current).toBe(5);
  expect(steps(orderIn('delivered'))).toEqual({ names: ['Paid', 'Work', 'Delivered', 'Done'], current: 2 });
  expect(steps(orderIn('refunded', { ...asks, delivered_at: at('2026-11-20T13:20:00') }))).toEqual({
    names: ['Paid', 'Delivered', 'Refunded'],
    current: 2,
  });
});
