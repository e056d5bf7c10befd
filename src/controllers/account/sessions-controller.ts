import type { Request, Response } from 'express';
import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import { originOf, recordAlone } from '../../models/audit-event.ts';
import { endSession, endSessions, openSessions, sessionKey } from '../../models/session.ts';
import { paths } from '../../paths.ts';
import { presentSession } from '../../presenters/session.ts';

const endingForm = z.object({ session: z.union([z.literal('others'), z.string().regex(/^[0-9a-f]{32}$/)]) });

export async function index(request: Request, response: Response): Promise<void> {
  const { id, timeZone } = request.person!;
  const sessions = await request.transaction((trx) => openSessions(trx, id));
  const own = sessionKey(request.sessionID);
  await response.page(
    'account/sessions',
    { title: 'Where you are signed in' },
    { sessions: sessions.map((session) => presentSession(session, own, timeZone)) },
  );
}

export const toSessions = (_request: Request, response: Response): void =>
  response.redirect(303, paths.accountSessions);

/** Ends one session, or all but this one. */
export async function end(request: Request, response: Response): Promise<void> {
  const parsed = endingForm.safeParse(request.body);
  if (!parsed.success) throw new NotFound();
  const { id } = request.person!;
  const { session } = parsed.data;
  const ended = await request.transaction((trx) =>
    session === 'others' ? endSessions(trx, id, request.sessionID) : endSession(trx, id, session),
  );
  if (session !== 'others' && ended === 0) throw new NotFound();
  const event = { actorId: id, subjectId: id, action: 'sessions.ended', details: { ended }, from: originOf(request) };
  await recordAlone(request.services.database, event);
  await response.seeOther(paths.accountSessions, { kind: 'good', text: ENDED(ended) });
}

const ENDED = (count: number): string =>
  count === 0
    ? 'You were signed in nowhere else.'
    : count === 1
      ? 'One device was signed out.'
      : `${count} devices were signed out.`;
