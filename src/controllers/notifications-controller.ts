import type { Request, Response } from 'express';
import { z } from 'zod';
import { uuid } from '../forms/fields.ts';
import { listNotifications, markRead, NOTIFICATIONS_SHOWN } from '../models/notification.ts';
import { paths } from '../paths.ts';
import { presentNotification } from '../presenters/notification.ts';

const query = z.object({ before: uuid.optional().catch(undefined) });

/** What a person was told, newest first. */
export async function index(request: Request, response: Response): Promise<void> {
  const { id, timeZone } = request.person!;
  const { before } = query.parse(request.query);
  const rows = await request.transaction((trx) => listNotifications(trx, id, before));
  const shown = rows.slice(0, NOTIFICATIONS_SHOWN);
  const last = rows.length > NOTIFICATIONS_SHOWN ? shown.at(-1) : undefined;
  await response.page(
    'notifications/index',
    { title: 'Notifications', partial: 'notifications/_list' },
    {
      items: shown.map((row) => presentNotification(row, timeZone)),
      unread: request.person!.unread,
      pager: {
        prev: before && paths.notifications(),
        next: last && paths.notifications({ before: last.id }),
      },
    },
  );
}

/** All of it counts as read. Opening an order does the same for what it brought. */
export async function readAll(request: Request, response: Response): Promise<void> {
  await request.transaction((trx) => markRead(trx, request.person!.id));
  await response.seeOther(paths.notifications());
}

export const toList = (_request: Request, response: Response): void => response.redirect(303, paths.notifications());

/** The badge alone, for a page that is open. Without htmx there is nothing to see here but the list. */
export async function unread(request: Request, response: Response): Promise<void> {
  if (!request.wantsPartial) return toList(request, response);
  await response.page(
    'notifications/index',
    { title: 'Notifications', partial: 'shared/_unread' },
    { unread: request.person!.unread },
  );
}
