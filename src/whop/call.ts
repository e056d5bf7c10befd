import { APIConnectionError, APIError } from '@whop/sdk';
import { NotFound, WhopFailure } from '../errors.ts';

/** Runs one call to Whop and turns what goes wrong into GigFlow's errors (contract 0.5). */
export async function call<T>(name: string, work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof APIConnectionError) throw new WhopFailure(name, { cause: error });
    if (!(error instanceof APIError)) throw error;
    const requestId = error.headers?.get('x-request-id') ?? null;
    // The words of NotFound go to the log, never to a page.
    if (error.status === 404) throw new NotFound(`Whop knows nothing of this (${name}, request ${requestId})`);
    const body = error.error as { error?: { message?: unknown; code?: unknown } } | undefined;
    const { message, code } = body?.error ?? {};
    throw new WhopFailure(name, {
      status: error.status ?? null,
      requestId,
      message: typeof message === 'string' ? message : null,
      code: typeof code === 'string' ? code : null,
      retryable: error.status === undefined || error.status >= 500 || error.status === 429 || error.status === 409,
      cause: error,
    });
  }
}
