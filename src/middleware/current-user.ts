import type { Request, RequestHandler } from 'express';
import type { Services } from '../services.ts';
import { NotFound, SignInNeeded, Suspended } from '../errors.ts';
import type { Actor } from '../database.ts';

/** Gives every request its services, its actor and a way to run a transaction as that actor. */
export function setUpCurrentUser(services: Services): RequestHandler {
  return (request, _response, next) => {
    request.services = services;
    request.person ??= null;
    request.uploads = [];
    request.actor = actorOf(request);
    request.transaction = (work) => services.database.withActor(request.actor, work);
    request.wantsPartial = request.get('hx-request-type') === 'partial';
    request.wantsJson = isJsonAddress(request.path);
    next();
  };
}

/** /api answers JSON; only the two addresses of the sign-in dance are pages. */
export const isJsonAddress = (path: string): boolean => path.startsWith('/api/') && !path.startsWith('/api/auth/');

function actorOf(request: Request): Actor {
  if (request.person) return { role: request.person.role, id: request.person.id };
  const guest = request.session?.guestBuyerIds?.at(-1);
  return guest ? { role: 'guest', id: guest } : { role: 'anonymous' };
}

/** Somebody must be signed in. */
export const signedIn: RequestHandler = (request, _response, next) => {
  if (!request.person) throw new SignInNeeded();
  next();
};

/** Signed in, or holding a guest's order link. */
export const signedInOrGuest: RequestHandler = (request, _response, next) => {
  if (request.actor.role === 'anonymous') throw new SignInNeeded();
  next();
};

/** A suspended person may look, not act. */
export const notSuspended: RequestHandler = (request, _response, next) => {
  if (request.person?.suspended)
    throw new Suspended('While you are suspended you can look at everything that is yours, but not act.');
  next();
};

export const seller: RequestHandler = (request, response, next) => {
  if (!request.person) throw new SignInNeeded();
  if (!request.person.isSeller) return response.redirect(303, '/sell/onboarding');
  next();
};

/** For everyone else the operator's rooms do not exist. */
export const admin: RequestHandler = (request, _response, next) => {
  if (request.person?.role !== 'admin') throw new NotFound();
  next();
};
