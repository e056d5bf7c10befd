import type { Request, Response } from 'express';
import { loadWorkspace } from '../../middleware/load-order.ts';
import { findRecord } from '../../models/order/record.ts';
import { NAV } from '../../presenters/order/page.ts';
import { presentRecord } from '../../presenters/order/record.ts';

/** The whole history of an order on one page, for print. */
export async function show(request: Request, response: Response): Promise<void> {
  let record: Awaited<ReturnType<typeof findRecord>> = { items: [], messages: [] };
  const { order, reader } = await loadWorkspace(request, async (trx) => {
    record = await findRecord(trx, String(request.params.id));
  });
  await response.page(
    'orders/record/show',
    { title: `Receipt and record: ${order.title}`, nav: NAV[reader.role], form: true },
    { record: presentRecord(order, record, reader) },
  );
}
