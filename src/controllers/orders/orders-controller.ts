import type { Request, Response } from 'express';
import { takeFlash } from '../../middleware/flash.ts';
import { loadWorkspace } from '../../middleware/load-order.ts';
import { openWorkspace } from '../../middleware/open-order.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { chatFor } from '../../models/whop-dm-channel.ts';
import { presentChat } from '../../presenters/order/chat.ts';
import type { Reader } from '../../presenters/order/facts.ts';
import { NAV, presentOrder, workspacePath } from '../../presenters/order/page.ts';
import { showOrderList } from './listing.ts';

/** What a person, or a guest, has bought. */
export async function index(request: Request, response: Response): Promise<void> {
  await showOrderList(request, response, request.actor.role === 'guest' ? 'guest' : 'buyer');
}

export async function show(request: Request, response: Response): Promise<void> {
  const { order, reader } = await openWorkspace(request);
  await showWorkspace(request, response, order, reader);
}

/** A GET on the address of an answer goes to the order where the buttons stand. */
export async function toWorkspace(request: Request, response: Response): Promise<void> {
  const { order, reader } = await loadWorkspace(request);
  response.redirect(303, workspacePath(order.id, reader.role));
}

/** The workspace: both sides and an admin see the same order, each from his side. */
export async function showWorkspace(
  request: Request,
  response: Response,
  order: Workspace,
  reader: Reader,
): Promise<void> {
  const { services, wantsPartial } = request;
  const chat =
    wantsPartial || reader.role === 'admin'
      ? null
      : presentChat(await chatFor(services, order, order.whop_chat), order, reader, services.config);
  await response.page(
    'orders/show',
    { title: order.title, nav: NAV[reader.role], form: true, partial: 'orders/_workspace' },
    { order: presentOrder(order, reader), chat, flash: wantsPartial ? takeFlash(request) : null },
  );
}
