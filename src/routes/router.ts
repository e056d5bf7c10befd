import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { NotFound } from '../errors.ts';
import { notSuspended, signedIn } from '../middleware/current-user.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A router in which a path id that is no UUID is a page that does not exist (Postgres would make it a 500). */
export function createRouter(): Router {
  const router = Router({ strict: true, caseSensitive: true });
  for (const name of ['id', 'pid', 'did']) {
    router.param(name, (_request: Request, _response: Response, next: NextFunction, value: string) => {
      if (!UUID.test(value)) throw new NotFound();
      next();
    });
  }
  return router;
}

/** Whoever changes something is signed in and not suspended. */
export const acting: RequestHandler[] = [signedIn, notSuspended];
