import type { Knex } from 'knex';
import { isGuest, isSelf, protect, seesOrder } from './support/policies.ts';

const isThatSide = `exists (select 1 from orders o where o.id = order_id and (
  (role = 'seller' and ${isSelf('o.seller_id')}) or (role = 'buyer' and (${isSelf('o.buyer_id')} or ${isGuest('o.guest_buyer_id')}))))`;

/** How far each side has read the thread of an order, told to the other side. It names no person: a guest's order may change hands. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table order_reads (
      order_id uuid not null references orders (id) on delete cascade,
      role text not null check (role in ('buyer', 'seller')),
      last_number bigint not null,
      primary key (order_id, role)
    );
  `);
  await protect(knex, 'order_reads', { select: seesOrder(), insert: isThatSide, update: isThatSide });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table order_reads');
}
