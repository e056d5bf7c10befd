import type { Request, Response } from 'express';
import { z } from 'zod';
import type { FormState } from '../../forms/form.ts';
import { messageForm } from '../../forms/order-forms.ts';
import { loadWorkspace } from '../../middleware/load-order.ts';
import { readThread } from '../../middleware/open-order.ts';
import { firstMessageAt, listMessages, sendMessage, type MessageRow } from '../../models/order/messages.ts';
import { paths } from '../../paths.ts';
import { NAV, presentOrder } from '../../presenters/order/page.ts';
import { presentThread } from '../../presenters/order/thread.ts';
import { actOnOrder, readForm } from './acting.ts';

const query = z.object({ before: z.coerce.number().int().positive().optional().catch(undefined) });

/** The thread on a page of its own; earlier messages by `before`. */
export async function index(request: Request, response: Response): Promise<void> {
  await show(request, response);
}

/** A sent message leads back to the workspace; over htmx to the thread alone, so that nothing else on the page moves. */
export async function create(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, 'messages', (trx, order, { actor }) =>
    sendMessage(
      trx,
      order.id,
      actor,
      readForm(messageForm(request.uploads.length), request.body).body,
      request.uploads,
    ),
  );
  if ('refused' in outcome) return show(request, response.status(outcome.status), outcome.refused);
  await response.seeOther(
    request.wantsPartial ? paths.orderAct(String(request.params.id), 'messages') : `${outcome.location}#messages`,
  );
}

async function show(request: Request, response: Response, typed?: FormState): Promise<void> {
  const { before } = query.parse(request.query);
  let rows: MessageRow[] = [];
  let until: Date | undefined;
  const { order, reader } = await loadWorkspace(request, async (trx, found) => {
    const id = String(request.params.id);
    rows = await listMessages(trx, id, before);
    if (before === undefined) await readThread(request, trx, found, rows.at(-1));
    else until = await firstMessageAt(trx, id, before);
  });
  await response.page(
    'orders/messages/index',
    { title: 'Messages', nav: NAV[reader.role], form: true, partial: 'orders/messages/_thread' },
    {
      order: presentOrder(order, reader, typed && { messages: typed }),
      thread: presentThread(order, rows, reader, until),
      latest: before === undefined,
      errors: typed?.errors,
    },
  );
}
