import type { Knex } from 'knex';
import { appendOnly, isAdmin, isGuest, isSelf, protect, seesOrder, touchUpdatedAt } from './support/policies.ts';

const isBuyerOf = `exists (select 1 from orders o where o.id = order_id and (${isSelf('o.buyer_id')} or ${isGuest('o.guest_buyer_id')}))`;
const isSellerOf = `exists (select 1 from orders o where o.id = order_id and ${isSelf('o.seller_id')})`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- The frozen questions and, once given, their answers.
    create table order_requirements (
      id uuid primary key,
      order_id uuid not null references orders (id) on delete cascade,
      position integer not null,
      kind text not null check (kind in ('short_text', 'long_text', 'one_choice', 'many_choices', 'file')),
      label text not null,
      required boolean not null,
      choices text[] not null default '{}',
      answer jsonb,
      answered_at timestamptz,
      unique (order_id, position)
    );

    create table order_deliveries (
      id uuid primary key,
      order_id uuid not null references orders (id) on delete cascade,
      number integer not null check (number > 0),
      message text not null check (length(message) <= 5000),
      links text[] not null default '{}' check (cardinality(links) <= 20),
      created_at timestamptz not null default app_now(),
      unique (order_id, number)
    );

    create table order_delivery_drafts (
      order_id uuid primary key references orders (id) on delete cascade,
      message text not null default '' check (length(message) <= 5000),
      links text not null default '' check (length(links) <= 5000),
      updated_at timestamptz not null default app_now()
    );

    create table conversations (
      id uuid primary key,
      buyer_id uuid not null references users (id),
      seller_id uuid not null references users (id),
      gig_id uuid references gigs (id) on delete set null,
      created_at timestamptz not null default app_now(),
      check (buyer_id <> seller_id)
    );
    -- NULLs are equal here, or the unique index would not stop a second thread (original defect 57).
    create unique index conversations_pair on conversations (buyer_id, seller_id, coalesce(gig_id, '00000000-0000-0000-0000-000000000000'));
    create index conversations_seller on conversations (seller_id);

    create table order_messages (
      id uuid primary key,
      number bigint generated always as identity unique,
      order_id uuid references orders (id) on delete cascade,
      conversation_id uuid references conversations (id) on delete cascade,
      sender_id uuid references users (id) on delete set null,
      sender_guest_id uuid references guest_buyers (id) on delete set null,
      body text not null check (length(body) between 1 and 5000),
      created_at timestamptz not null default app_now(),
      check (num_nonnulls(order_id, conversation_id) = 1)
    );
    create index order_messages_order on order_messages (order_id, number);
    create index order_messages_conversation on order_messages (conversation_id, number);

    create table reviews (
      id uuid primary key,
      order_id uuid not null references orders (id),
      author_role text not null check (author_role in ('buyer', 'seller')),
      author_id uuid references users (id) on delete set null,
      author_guest_id uuid references guest_buyers (id) on delete set null,
      author_name text not null,
      subject_id uuid references users (id) on delete set null,
      gig_id uuid references gigs (id) on delete set null,
      rating smallint not null check (rating between 1 and 5),
      body text not null check (length(body) between 1 and 2000),
      reply text check (length(reply) between 1 and 2000),
      replied_at timestamptz,
      published_at timestamptz,
      hidden_at timestamptz,
      hidden_reason text,
      created_at timestamptz not null default app_now(),
      unique (order_id, author_role)
    );
    create index reviews_gig on reviews (gig_id, published_at desc) where author_role = 'buyer' and published_at is not null;
    create index reviews_subject on reviews (subject_id, published_at desc) where published_at is not null;

    -- An answer belongs to the buyer and is his until the first delivery; the question is frozen (original defect 27).
    create function order_requirements_protect() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if app_role() = 'system' then
        return new;
      end if;
      if (new.id, new.order_id, new.position, new.kind, new.label, new.required, new.choices)
         is distinct from (old.id, old.order_id, old.position, old.kind, old.label, old.required, old.choices) then
        raise exception 'The questions of an order are frozen' using errcode = 'insufficient_privilege';
      end if;
      if exists (select 1 from orders o where o.id = old.order_id and (o.delivered_at is not null
                 or o.status not in ('awaiting_requirements', 'in_progress'))) then
        raise exception 'The brief is closed' using errcode = 'GF409';
      end if;
      return new;
    end $$;
    create trigger tg_order_requirements__protect before update on order_requirements
      for each row execute function order_requirements_protect();
  `);
  await appendOnly(knex, 'order_deliveries');
  await touchUpdatedAt(knex, 'order_delivery_drafts');
  await protect(knex, 'order_requirements', { select: seesOrder(), update: isBuyerOf });
  await protect(knex, 'order_deliveries', { select: seesOrder(), insert: isSellerOf });
  await protect(knex, 'order_delivery_drafts', {
    select: isSellerOf,
    insert: isSellerOf,
    update: isSellerOf,
    delete: isSellerOf,
  });
  await protect(knex, 'conversations', {
    select: `${isSelf('buyer_id')} or ${isSelf('seller_id')} or ${isAdmin}`,
    insert: isSelf('buyer_id'),
  });
  await protect(knex, 'order_messages', {
    select: `(order_id is not null and ${seesOrder()}) or (conversation_id is not null and exists (select 1 from conversations c where c.id = conversation_id))`,
    insert: `((${isSelf('sender_id')} and sender_guest_id is null) or (${isGuest('sender_guest_id')} and sender_id is null))
      and ((order_id is not null and (${isBuyerOf} or ${isSellerOf})) or (conversation_id is not null and exists (select 1 from conversations c where c.id = conversation_id
           and (${isSelf('c.buyer_id')} or ${isSelf('c.seller_id')}))))`,
  });
  await protect(knex, 'reviews', {
    select: `(published_at is not null and hidden_at is null) or ${isSelf('author_id')} or ${isGuest('author_guest_id')} or ${isAdmin}`,
    insert: `published_at is null and hidden_at is null and reply is null and (
      (author_role = 'buyer' and ${isBuyerOf} and (${isSelf('author_id')} or ${isGuest('author_guest_id')}))
      or (author_role = 'seller' and ${isSellerOf} and ${isSelf('author_id')}))`,
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table reviews;
    drop table order_messages;
    drop table conversations;
    drop table order_delivery_drafts;
    drop table order_deliveries;
    drop table order_requirements;
    drop function order_requirements_protect();
  `);
}
