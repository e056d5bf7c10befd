import type { Knex } from 'knex';
import {
  anyone,
  appendOnly,
  isAdmin,
  isGuest,
  isSelf,
  protect,
  seesOrder,
  touchUpdatedAt,
} from './support/policies.ts';

const ownsPost = `exists (select 1 from posts p where p.id = post_id and ${isSelf('p.seller_id')})`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table notifications (
      id uuid primary key default gen_random_uuid(),
      user_id uuid references users (id) on delete cascade,
      guest_buyer_id uuid references guest_buyers (id) on delete cascade,
      kind text not null,
      order_id uuid references orders (id) on delete cascade,
      data jsonb not null default '{}',
      created_at timestamptz not null default app_now(),
      read_at timestamptz,
      mailed_at timestamptz,
      check (num_nonnulls(user_id, guest_buyer_id) = 1)
    );
    create index notifications_user on notifications (user_id, created_at desc);
    create index notifications_unread on notifications (user_id) where read_at is null;

    create table favorites (
      user_id uuid not null references users (id) on delete cascade,
      gig_id uuid not null references gigs (id) on delete cascade,
      created_at timestamptz not null default app_now(),
      primary key (user_id, gig_id)
    );

    -- Paid posts: the teaser is public, the body stands apart so that its policy can ask for the payment.
    create table posts (
      id uuid primary key,
      seller_id uuid not null references seller_accounts (user_id) on delete cascade,
      title text not null check (length(title) between 3 and 120),
      teaser text not null default '' check (length(teaser) <= 500),
      price_cents integer not null check (price_cents between 500 and 1000000),
      published_at timestamptz,
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now()
    );
    create index posts_seller on posts (seller_id, published_at desc);
    alter table whop_checkout_configs add constraint whop_checkout_configs_post foreign key (post_id) references posts (id);

    create table post_unlocks (
      post_id uuid not null references posts (id) on delete cascade,
      user_id uuid not null references users (id) on delete cascade,
      checkout_id uuid not null references whop_checkout_configs (id),
      unlocked_at timestamptz not null default app_now(),
      locked_at timestamptz,
      primary key (post_id, user_id)
    );

    create table post_bodies (
      post_id uuid primary key references posts (id) on delete cascade,
      body text not null check (length(body) between 1 and 50000)
    );

    create table attachments (
      id uuid primary key,
      owner_id uuid references users (id) on delete set null,
      owner_guest_id uuid references guest_buyers (id) on delete set null,
      order_id uuid references orders (id) on delete cascade,
      conversation_id uuid references conversations (id) on delete cascade,
      requirement_id uuid references order_requirements (id) on delete cascade,
      delivery_id uuid references order_deliveries (id) on delete cascade,
      message_id uuid references order_messages (id) on delete cascade,
      name text not null check (length(name) between 1 and 200),
      content_type text not null,
      byte_size bigint not null default 0 check (byte_size between 0 and 26214400),
      sha256 text,
      storage text not null default 'postgres' check (storage in ('postgres', 's3')),
      finalised_at timestamptz,
      created_at timestamptz not null default app_now(),
      check (num_nonnulls(order_id, conversation_id) = 1)
    );
    create index attachments_order on attachments (order_id);
    create index attachments_orphans on attachments (created_at) where finalised_at is null;

    create table attachment_chunks (
      attachment_id uuid not null references attachments (id) on delete cascade,
      number integer not null check (number >= 0),
      bytes bytea not null check (length(bytes) <= 262144),
      primary key (attachment_id, number)
    );

    create table audit_events (
      id uuid primary key default gen_random_uuid(),
      actor_id uuid,
      subject_id uuid,
      action text not null,
      target_type text,
      target_id text,
      details jsonb not null default '{}',
      address inet,
      user_agent text,
      request_id text,
      created_at timestamptz not null default app_now()
    );
    create index audit_events_subject on audit_events (subject_id, created_at desc);
    create index audit_events_created on audit_events (created_at desc);

    -- Every creating form carries a form_key; a repeat is answered with the first result.
    create table form_submissions (
      actor_id uuid not null,
      form_key uuid not null,
      location text not null,
      created_at timestamptz not null default app_now(),
      primary key (actor_id, form_key)
    );
    create index form_submissions_created on form_submissions (created_at);

    create table operator_settings (
      key text primary key,
      value jsonb not null,
      updated_by uuid references users (id) on delete set null,
      updated_at timestamptz not null default app_now()
    );
  `);
  await touchUpdatedAt(knex, 'posts');
  await appendOnly(knex, 'audit_events');
  await protect(knex, 'notifications', {
    select: `${isSelf('user_id')} or ${isGuest('guest_buyer_id')}`,
    update: isSelf('user_id'),
  });
  await protect(knex, 'favorites', { select: isSelf('user_id'), insert: isSelf('user_id'), delete: isSelf('user_id') });
  await protect(knex, 'posts', {
    select: `published_at is not null or ${isSelf('seller_id')} or ${isAdmin}`,
    insert: isSelf('seller_id'),
    update: isSelf('seller_id'),
    delete: isSelf('seller_id'),
  });
  await protect(knex, 'post_unlocks', { select: `${isSelf('user_id')} or ${isAdmin}` });
  await protect(knex, 'post_bodies', {
    select: `${ownsPost} or ${isAdmin} or exists (select 1 from post_unlocks u where u.post_id = post_bodies.post_id and ${isSelf('u.user_id')} and u.locked_at is null)`,
    insert: ownsPost,
    update: ownsPost,
    delete: ownsPost,
  });
  const seesThread = `(order_id is not null and ${seesOrder()}) or (conversation_id is not null and exists (select 1 from conversations c where c.id = conversation_id))`;
  const mine = `(${isSelf('owner_id')} or ${isGuest('owner_guest_id')})`;
  await protect(knex, 'attachments', {
    select: seesThread,
    insert: `${mine} and (${seesThread})`,
    update: `${mine} and (${seesThread})`,
    delete: `${mine} and finalised_at is null`,
  });
  await protect(knex, 'attachment_chunks', {
    select: 'exists (select 1 from attachments a where a.id = attachment_id)',
    insert: `exists (select 1 from attachments a where a.id = attachment_id and a.finalised_at is null and (${isSelf('a.owner_id')} or ${isGuest('a.owner_guest_id')}))`,
  });
  await protect(knex, 'audit_events', { select: `${isSelf('subject_id')} or ${isAdmin}` });
  await protect(knex, 'form_submissions', {
    select: `actor_id = (select app_actor_id())`,
    insert: `actor_id = (select app_actor_id())`,
  });
  await protect(knex, 'operator_settings', { select: anyone });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table operator_settings;
    drop table form_submissions;
    drop table audit_events;
    drop table attachment_chunks;
    drop table attachments;
    drop table post_bodies;
    drop table post_unlocks;
    alter table whop_checkout_configs drop constraint whop_checkout_configs_post;
    drop table posts;
    drop table favorites;
    drop table notifications;
  `);
}
