import type { Request, Response } from 'express';
import { orderFilter } from '../../forms/admin-order-forms.ts';
import { emptyForm, type FormState } from '../../forms/form.ts';
import { loadWorkspace } from '../../middleware/load-order.ts';
import { listForAdmin } from '../../models/order/admin-list.ts';
import { paths } from '../../paths.ts';
import { presentAdminOrder, presentAdminOrders } from '../../presenters/admin/orders.ts';
import { presentOrder } from '../../presenters/order/page.ts';

const PAGE = 30;

export async function index(request: Request, response: Response): Promise<void> {
  const filter = orderFilter.parse(request.query);
  const orders = await request.transaction((trx) => listForAdmin(trx, filter, PAGE + 1));
  await response.page(
    'admin/orders/index',
    { title: 'Orders', nav: 'admin-orders', q: null },
    presentAdminOrders(orders, filter, PAGE, request.person!.timeZone),
  );
}

export async function show(request: Request, response: Response): Promise<void> {
  await showOrder(request, response);
}

/** A GET on the address of an act goes to its page. */
export const toOrder = (request: Request, response: Response): void =>
  response.redirect(303, paths.adminOrder(String(request.params.id)));

/** The order as both sides have it, and what an admin may do about it. */
export async function showOrder(
  request: Request,
  response: Response,
  typed: { resolution?: FormState; transition?: FormState } = {},
): Promise<void> {
  const { order, reader } = await loadWorkspace(request);
  await response.page(
    'admin/orders/show',
    { title: order.title, nav: 'admin-orders', q: null, form: true },
    {
      order: presentOrder(order, reader),
      decide: presentAdminOrder(order, reader),
      resolution: typed.resolution ?? emptyForm(),
      transition: typed.transition ?? emptyForm(),
      errors: [...(typed.resolution?.errors ?? []), ...(typed.transition?.errors ?? [])],
    },
  );
}
