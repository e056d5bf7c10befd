import { z } from 'zod';
import { ORDER_PROCESS, ORDER_STATUSES, type OrderTransition } from '../models/order/order-process.ts';
import { line, paragraphs, uuid } from './fields.ts';

const transitions = Object.keys(ORDER_PROCESS) as [OrderTransition, ...OrderTransition[]];

export const transitionForm = z.object({
  transition: z.enum(transitions, { error: 'Choose what should happen' }),
  reason: paragraphs('a reason', 1, 2_000),
});

export const ADMIN_ORDER_TABS = ['all', 'disputed', 'late', 'suspended'] as const;

/** A query that makes no sense shows everything instead of an error. */
export const orderFilter = z.object({
  tab: z.enum(ADMIN_ORDER_TABS).catch('all'),
  status: z.enum(ORDER_STATUSES).optional().catch(undefined),
  q: line('a search', 0, 100).optional().catch(undefined),
  after: uuid.optional().catch(undefined),
});

export const hidingForm = z.object({ reason: paragraphs('a reason', 1, 500) });
