import type { Request, Response } from 'express';
import { signInForm } from '../forms/account-forms.ts';
import { emptyForm, formState, parseForm, type FormState } from '../forms/form.ts';
import { beginSignIn, destroySession, sessionCookieName } from '../middleware/session.ts';
import { originOf, recordAlone } from '../models/audit-event.ts';
import { newestGuestOrder } from '../models/order-claim.ts';
import { authenticate } from '../models/user.ts';
import { dropRefreshToken } from '../models/whop-token.ts';
import { safeNext, paths } from '../paths.ts';

export async function newSession(request: Request, response: Response): Promise<void> {
  const next = safeNext(request.query.next, '');
  if (request.person) return response.redirect(303, next || paths.orders());
  await show(response, emptyForm(), next);
}

export async function create(request: Request, response: Response): Promise<void> {
  const next = safeNext((request.body as { next?: unknown }).next, '');
  const parsed = parseForm(signInForm, request.body);
  if (!parsed.valid) return show(response.status(422), parsed.form, next);
  const { email, password } = parsed.data;
  const userId = await authenticate(request.services.database, email, password, originOf(request));
  if (!userId) {
    const form = formState(request.body, [
      { field: 'email', text: 'This e-mail address and password do not belong together' },
    ]);
    return show(response.status(422), form, next);
  }
  if (!(await beginSignIn(request, userId, 'password', next))) return response.seeOther(paths.secondFactor);
  await response.seeOther(next || (await unclaimedOrder(request, userId)) || paths.orders());
}

/** What this browser bought as a guest is offered to the account it signs in to. */
async function unclaimedOrder({ services, session }: Request, userId: string): Promise<string | null> {
  const guests = session.guestBuyerIds ?? [];
  if (guests.length === 0) return null;
  const order = await services.database.withSystem('session', (trx) => newestGuestOrder(trx, guests, userId));
  return order ? paths.orderClaim(order.id) : null;
}

/** A GET on the address of an act goes to its page: the question whether to sign out. */
export async function confirmDestroy(request: Request, response: Response): Promise<void> {
  if (!request.person) return response.redirect(303, paths.home);
  await response.page('sessions/destroy', { title: 'Sign out', form: true, q: null });
}

export async function destroy(request: Request, response: Response): Promise<void> {
  const { person, services } = request;
  if (person) {
    await dropRefreshToken(services, person.id);
    const event = { actorId: person.id, subjectId: person.id, action: 'sign-out', from: originOf(request) };
    await recordAlone(services.database, event);
  }
  await destroySession(request);
  response.clearCookie(sessionCookieName(request.services.config), { path: '/' });
  response.redirect(303, paths.home);
}

async function show(response: Response, form: FormState, next: string): Promise<void> {
  await response.page(
    'sessions/new',
    { title: 'Sign in', form: true, q: null, robots: 'noindex', partial: 'sessions/_form' },
    { ...form, next, whopUrl: paths.whopAuthorize(next), signupUrl: paths.signup(next) },
  );
}
