import type { Request, Response } from 'express';
import type { WrongState } from '../errors.ts';
import { paths } from '../paths.ts';

/** The right person at the wrong moment: says where the order stands and what can be done instead. */
export async function showWrongState(_request: Request, response: Response, error: WrongState): Promise<void> {
  response.status(409);
  await response.page(
    'errors/wrong-state',
    { title: 'The order has moved on', nav: 'orders', partial: 'errors/_wrong-state' },
    {
      heading: 'The order has moved on',
      message: error.message,
      orderUrl: paths.order(error.orderId),
      next: [],
    },
  );
}
