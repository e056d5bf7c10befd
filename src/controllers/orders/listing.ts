import type { Request, Response } from 'express';
import { z } from 'zod';
import { line, uuid } from '../../forms/fields.ts';
import { countOrders, listOrders, ORDER_TABS, type OrderSide } from '../../models/order/order-list.ts';
import { presentOrderList } from '../../presenters/order/list.ts';

/** A query that makes no sense shows the first page instead of an error. */
const query = z.object({
  tab: z.enum(ORDER_TABS).catch('open'),
  q: line('a search', 1, 100).optional().catch(undefined),
  after: uuid.optional().catch(undefined),
  before: uuid.optional().catch(undefined),
});

/** A tab of one side's orders; for people who are signed in, or guests with a link. */
export async function showOrderList(request: Request, response: Response, side: OrderSide): Promise<void> {
  const { tab, q: typed, ...edges } = query.parse(request.query);
  const q = typed?.replace(/^(?:order )?#?(?=[0-9a-f]{4})/i, '');
  const me = 'id' in request.actor ? request.actor.id : '';
  const { counts, page } = await request.transaction(async (trx) => ({
    counts: await countOrders(trx, side, me, q),
    page: await listOrders(trx, side, me, { tab, q, ...edges }),
  }));
  const selling = side === 'seller';
  await response.page(
    'orders/index',
    { title: selling ? 'Orders to work on' : 'Your orders', nav: selling ? 'sell-orders' : 'orders', form: true },
    presentOrderList({ side, tab, q: typed, counts, page, zone: request.person?.timeZone ?? 'UTC' }),
  );
}
