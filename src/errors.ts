import type { OrderStatus } from './models/order/order-process.ts';

/** Nothing here for this person: the thing does not exist, or is none of his business. */
export class NotFound extends Error {}

/** A participant asks for what is not his to do. The message is the reason, fit for a page. */
export class Forbidden extends Error {}

/** Somebody suspended tries to act. */
export class Suspended extends Forbidden {}

/** The right person at the wrong moment. The message says what stands in the way. */
export class Conflict extends Error {}

/** An order is not in the state that the act needs; the wrong-state page shows where it stands. */
export class WrongState extends Conflict {
  readonly orderId: string;
  readonly status: OrderStatus | null;
  constructor(message: string, orderId: string, status: OrderStatus | null = null) {
    super(message);
    this.orderId = orderId;
    this.status = status;
  }
}

/** What was typed cannot be taken. Fields without a home on a form are answered by a plain 422 page. */
export class Invalid extends Error {
  readonly errors: Record<string, string>;
  constructor(errors: Record<string, string>) {
    super(Object.values(errors)[0] ?? 'Check what you entered.');
    this.errors = errors;
  }
}

/** Nobody is signed in where somebody must be. */
export class SignInNeeded extends Error {}

/** The form was not sent from a page of this session, or too long ago. */
export class StaleForm extends Error {}

/** Signing in with Whop did not come to an end; the message is fit for a page. */
export class SignInFailed extends Error {}

/** Too many tries. */
export class TooMany extends Error {}

/** Whop, mail or the database cannot be reached just now; nothing was lost. */
export class Unavailable extends Error {}

/** Whop refused or failed. `requestId` goes to the log, never to a page. */
export class WhopFailure extends Unavailable {
  readonly status: number | null;
  readonly requestId: string | null;
  readonly whopMessage: string | null;
  /** Whop's own word for what went wrong, such as `not_enough_balance`. */
  readonly code: string | null;
  readonly retryable: boolean;
  constructor(
    call: string,
    details: {
      status?: number | null;
      requestId?: string | null;
      message?: string | null;
      code?: string | null;
      retryable?: boolean;
      cause?: unknown;
    },
  ) {
    super(`Whop: ${call} failed${details.status ? ` (${details.status})` : ''}`, { cause: details.cause });
    this.status = details.status ?? null;
    this.requestId = details.requestId ?? null;
    this.whopMessage = details.message ?? null;
    this.code = details.code ?? null;
    this.retryable = details.retryable ?? true;
  }
}

const SQL_ERRORS: Record<string, new (message: string) => Error> = {
  GF404: NotFound,
  GF403: Forbidden,
  GF409: Conflict,
  GF001: Conflict,
};

/** Turns the words that our SQL functions raise (SQLSTATE GF…) into domain errors; everything else passes unchanged. */
export function fromSql(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'GF422') return new Invalid({ '': plain(message) });
  const Domain = code ? SQL_ERRORS[code] : undefined;
  return Domain ? new Domain(plain(message)) : error;
}

/** knex puts the statement before the database's words. */
const plain = (message = '') =>
  message
    .slice(message.lastIndexOf(' - ') + 1)
    .replace(/^- /, '')
    .trim() + '.';
