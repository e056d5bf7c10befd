import type { Request, Response } from 'express';
import { NotFound } from '../errors.ts';
import { calendarOwner, deadlinesOf } from '../models/calendar.ts';
import { presentCalendar } from '../presenters/calendar.ts';

/** A person's deadlines for his calendar program, which knows the secret address and nothing else. */
export async function show(request: Request, response: Response): Promise<void> {
  const { config, database } = request.services;
  const owner = calendarOwner(config, String(request.params.token));
  if (!owner) throw new NotFound();
  const deadlines = await database.withActor({ role: 'user', id: owner }, (trx) => deadlinesOf(trx, owner));
  response.set({ 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'no-referrer' });
  response.type('text/calendar; charset=utf-8').send(presentCalendar(deadlines, config.appUrl));
}
