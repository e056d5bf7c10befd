import type { Request, Response } from 'express';
import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import { recordAudit } from '../../models/audit-event.ts';
import {
  countEvents,
  eventTypes,
  findEvent,
  listEvents,
  replay,
  type EventFilter,
} from '../../models/webhook-event.ts';
import { paths } from '../../paths.ts';
import { presentInbox } from '../../presenters/admin/webhooks.ts';
import { plural } from '../../presenters/dates.ts';

const SIZE = 50;

const filterQuery = z.object({
  status: z.enum(['pending', 'handled', 'ignored', 'dead']).optional().catch(undefined),
  type: z
    .string()
    .regex(/^[\w.]{1,100}$/)
    .optional()
    .catch(undefined),
  before: z.iso.datetime().optional().catch(undefined),
});

/** Whop's letters as they came, and what became of them. */
export async function list(request: Request, response: Response): Promise<void> {
  const { before, ...filter } = filterQuery.parse(request.query);
  const inbox = await request.transaction(async (trx) => ({
    events: await listEvents(trx, filter, before ? new Date(before) : null, SIZE + 1),
    counts: await countEvents(trx),
    types: await eventTypes(trx),
    size: SIZE,
  }));
  await response.page(
    'admin/webhooks/index',
    { title: 'Webhook inbox', nav: 'admin-webhooks', q: null, partial: 'admin/webhooks/_events' },
    { inbox: presentInbox(inbox, filter, request.person!.timeZone) },
  );
}

/** One event, once more. */
export async function replayOne(request: Request, response: Response): Promise<void> {
  const id = String(request.params.event);
  if (!(await request.transaction((trx) => findEvent(trx, id)))) throw new NotFound();
  await again(request, { id });
  await response.seeOther(paths.adminWebhooks(filterQuery.omit({ before: true }).parse(request.body)), {
    kind: 'good',
    text: 'The event waits for its turn again.',
  });
}

/** All that fit the filter, once more. */
export async function replayAll(request: Request, response: Response): Promise<void> {
  const filter: EventFilter = filterQuery.omit({ before: true }).parse(request.body);
  const count = await again(request, filter);
  await response.seeOther(paths.adminWebhooks({ ...filter }), {
    kind: 'good',
    text: `${plural(count, 'event')} ${count === 1 ? 'waits' : 'wait'} again.`,
  });
}

/** The inbox belongs to the system: an admin asks it to start over. */
const again = (request: Request, which: { id: string } | EventFilter): Promise<number> =>
  request.services.database.withSystem('inbox', async (trx) => {
    const count = await replay(trx, which);
    await recordAudit(trx, { actorId: request.person!.id, action: 'webhooks.replay', details: { ...which, count } });
    return count;
  });
