import type { Request, Response } from 'express';
import { countedOrders, findRecord } from '../../models/seller-record.ts';
import { presentLevel } from '../../presenters/seller-record.ts';

const SHOWN = 200;

/** A seller's level with every order that made it. */
export async function show(request: Request, response: Response): Promise<void> {
  const { id, timeZone } = request.person!;
  const [record, orders] = await request.transaction(async (trx) => [
    await findRecord(trx, id),
    await countedOrders(trx, id, SHOWN),
  ]);
  await response.page(
    'seller/level',
    { title: 'Your level', nav: 'sell' },
    { level: presentLevel(record, orders, timeZone) },
  );
}
