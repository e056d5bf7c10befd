import type { Request, Response } from 'express';
import { listDisputes } from '../../models/order/admin-list.ts';
import { presentDisputes } from '../../presenters/admin/orders.ts';

const SHOWN = 100;

/** What waits for a decision, and what was decided. */
export async function index(request: Request, response: Response): Promise<void> {
  const open = request.query.tab !== 'closed';
  const disputes = await request.transaction((trx) => listDisputes(trx, open, SHOWN));
  await response.page(
    'admin/disputes/index',
    { title: 'Disputes', nav: 'admin-disputes', q: null },
    presentDisputes(disputes, open, request.person!.timeZone),
  );
}
