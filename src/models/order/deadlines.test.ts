import { afterEach, beforeEach, expect, test } from 'vitest';
import { clock } from '../../clock.ts';
import { aftercareEnds, hasPassed, lateFrom, percentGone, runningDeadline, type Dates } from './deadlines.ts';

const at = (text: string): Date => new Date(`${text}Z`);
const order: Dates = {
  status: 'in_progress',
  created_at: at('2026-11-13T11:12:00'),
  delivery_days: 3,
  due_at: at('2026-11-22T18:00:00'),
  delivered_at: null,
  auto_complete_at: null,
  completed_at: null,
};

beforeEach(() => clock.set(at('2026-11-21T09:00:00')));
afterEach(() => clock.set(null));

test('work runs to its due date and shows how much of the days is gone', () => {
  const deadline = runningDeadline(order)!;
  expect(deadline.at).toEqual(order.due_at);
  expect(percentGone(deadline)).toBe(54);
});

test('late work is all gone, never more', () => {
  clock.set(at('2026-12-24T00:00:00'));
  expect(percentGone(runningDeadline(order)!)).toBe(100);
  expect(hasPassed(lateFrom(order.due_at!))).toBe(true);
});

test('a delivery runs to its own acceptance, a moved weekend included', () => {
  const delivered: Dates = {
    ...order,
    status: 'delivered',
    delivered_at: at('2026-11-19T12:00:00'),
    auto_complete_at: at('2026-11-23T12:00:00'),
  };
  expect(runningDeadline(delivered)).toEqual({ at: delivered.auto_complete_at, total: 4 * 86_400_000 });
});

test('an order without brief shows when the seller may cancel, a request to cancel its answer', () => {
  expect(runningDeadline({ ...order, status: 'awaiting_requirements' })?.at).toEqual(at('2026-11-20T11:12:00'));
  const asked = { created_at: at('2026-11-20T12:00:00'), answer_by: at('2026-11-24T12:00:00') };
  expect(runningDeadline({ ...order, status: 'cancel_requested' }, asked)).toEqual({
    at: asked.answer_by,
    total: 4 * 86_400_000,
  });
});

test('nothing runs in the other states, and aftercare starts with the first completion', () => {
  for (const status of ['completed', 'cancelled', 'disputed', 'refunded'] as const) {
    expect(runningDeadline({ ...order, status })).toBeNull();
  }
  expect(aftercareEnds(order)).toBeNull();
  expect(aftercareEnds({ completed_at: at('2026-11-20T10:00:00') })).toEqual(at('2026-12-04T10:00:00'));
});
