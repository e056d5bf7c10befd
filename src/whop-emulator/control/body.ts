import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { z } from 'zod';
import { WhopError } from '../api/errors.ts';

/** What a control call could not do; the text says what to change. */
export class ControlError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function controlBody<Schema extends z.ZodType>(req: Request, schema: Schema): z.infer<Schema> {
  const result = schema.safeParse(req.body ?? {});
  if (result.success) return result.data;
  throw new ControlError(422, z.prettifyError(result.error));
}

export function found<Item>(map: Map<string, Item>, req: Request): Item {
  const id = String(req.params.id);
  const item = map.get(id);
  if (!item) throw new ControlError(404, `There is no ${id} here.`);
  return item;
}

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Loopback only, by its own name, and never from a page of another site. */
export const localOnly: RequestHandler = (req, _res, next) => {
  const local = LOOPBACK.test(req.socket.remoteAddress ?? '') && LOCAL_HOST.test(req.get('host') ?? '');
  const site = req.get('sec-fetch-site') ?? 'none';
  if (!local || !['none', 'same-origin'].includes(site)) {
    throw new ControlError(403, 'The control API answers this machine only.');
  }
  next();
};

export const controlErrors: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof ControlError || error instanceof WhopError) {
    res.status(error.status).json({ error: error.message });
    return;
  }
  if (error instanceof SyntaxError) return void res.status(400).json({ error: 'The body is not valid JSON.' });
  next(error);
};
