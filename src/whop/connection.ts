import Whop from '@whop/sdk';
import type { Config } from '../config.ts';
import { inTransaction } from '../database.ts';
import { call } from './call.ts';

/** One way to the API, shared by all parts of the adapter. */
export interface Connection {
  sdk: Whop;
  config: Config;
  /** Runs one call under its name; throws when the caller stands in a transaction, GigFlow's errors when Whop says no. */
  ask<T>(name: string, work: () => PromiseLike<T>): Promise<T>;
}

/** @param apiKey the platform's key unless chat has one of its own (contract 0.8) */
export function connect(config: Config, apiKey = config.whop.apiKey): Connection {
  const sdk = new Whop({
    apiKey,
    baseURL: config.whop.hosts.api,
    timeout: config.whop.timeOut,
    maxRetries: 2,
    logLevel: 'off',
  });
  return {
    sdk,
    config,
    ask: (name, work) => {
      if (inTransaction()) throw new Error(`whop.${name} was called inside a transaction`);
      return call(name, work);
    },
  };
}

/** The key goes into a header: the SDK's own option for it is dropped without a word (contract 0.6). */
export const keyed = (key: string) => ({ headers: { 'Idempotency-Key': key } });

/** For calls that move money: the SDK must not repeat them. Whoever has no answer reads again before he asks again. */
export const keyedOnce = (key: string) => ({ ...keyed(key), maxRetries: 0 });
