import { setTimeout as pause } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import type { ApiFault } from '../faults.ts';
import { concerns } from '../faults.ts';
import type { Store } from '../store.ts';
import { WhopError, rateLimited, sendError } from './errors.ts';

/** Applies `PUT /control/faults` to the API and OAuth: refusals, lost answers, cut connections. */
export const misbehave = (store: Store): RequestHandler => {
  let faults = store.faults.api;
  let used = new Map<ApiFault, number>();

  return async (req, res, next) => {
    if (faults !== store.faults.api) {
      faults = store.faults.api;
      used = new Map();
    }
    const fault = faults.find((candidate) => applies(candidate, req));
    if (!fault) return next();
    used.set(fault, (used.get(fault) ?? 0) + 1);

    if (fault.delayMs) await pause(fault.delayMs);
    if (fault.cut === true || fault.cut === 'before') return void req.socket.destroy();
    if (fault.status && !fault.afterWork) return refuse(res, fault.status);
    if (fault.cut === 'after') insteadOfAnswering(res, () => req.socket.destroy());
    else if (fault.timeoutAfterWork) insteadOfAnswering(res, () => {});
    else if (fault.status) insteadOfAnswering(res, (send) => refuse(res, fault.status!, send));
    next();
  };

  function applies(fault: ApiFault, req: Request): boolean {
    if (fault.times !== undefined && (used.get(fault) ?? 0) >= fault.times) return false;
    const path = `${req.baseUrl}${req.path}`.replace(/^\/api\/v1/, '');
    return concerns(fault.only, req.method, path) && (fault.rate >= 1 || Math.random() < fault.rate);
  }
};

const TYPES: Record<number, WhopError['type']> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  410: 'gone',
};

function refuse(res: Response, status: number, send?: Response['json']): void {
  if (send) res.json = send;
  if (status === 429) {
    res.set('Retry-After', '1');
    return sendError(res, rateLimited(1));
  }
  sendError(res, new WhopError(status, TYPES[status] ?? 'internal_server_error', 'Something went wrong'));
}

function insteadOfAnswering(res: Response, act: (send: Response['json']) => void): void {
  const send = res.json.bind(res);
  res.json = () => {
    act(send);
    return res;
  };
}
