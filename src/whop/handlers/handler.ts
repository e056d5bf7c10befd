import type { Transaction } from '../../database.ts';
import type { Services } from '../../services.ts';
import type { WhopEvent } from '../events.ts';

/** The effect of an event, run in the inbox transaction that also marks it handled. */
export type Effect = (trx: Transaction) => Promise<void>;

/**
 * One kind of event: first ask Whop how things stand, outside any transaction; then return what has to change.
 * Events are hints: the answer counts, not the payload, and not the order of arrival.
 */
export type Handler = (context: { services: Services; event: WhopEvent }) => Promise<Effect>;
