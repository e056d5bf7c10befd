import type { Transaction } from '../database.ts';

/** Every admin hears of something about an order; as the system actor. */
export const tellAdmins = (trx: Transaction, kind: string, orderId: string): Promise<unknown> =>
  trx.raw(
    `insert into notifications (user_id, kind, order_id, data, created_at)
     select id, ?, ?, '{"role": "admin"}', app_now() from users where role = 'admin' and suspended_at is null`,
    [kind, orderId],
  );
