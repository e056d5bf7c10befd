import type { Knex } from 'knex';
import { isAdmin, isSelf } from './support/policies.ts';

const unlocked = `exists (select 1 from post_unlocks u where u.post_id = posts.id and ${isSelf('u.user_id')} and u.locked_at is null)`;

// Who paid for a post keeps reading it when its author takes it off sale; the author counts his sales. The author's id stands
// on the unlock, since two policies that read each other's tables would never end.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table post_unlocks add column seller_id uuid references seller_accounts (user_id) on delete cascade;
    update post_unlocks u set seller_id = p.seller_id from posts p where p.id = u.post_id;
    alter table post_unlocks alter column seller_id set not null;
    create index post_unlocks_seller on post_unlocks (seller_id, post_id);

    drop policy post_unlocks_select on post_unlocks;
    create policy post_unlocks_select on post_unlocks for select
      using (${isSelf('user_id')} or ${isSelf('seller_id')} or ${isAdmin});

    drop policy posts_select on posts;
    create policy posts_select on posts for select
      using (published_at is not null or ${isSelf('seller_id')} or ${isAdmin} or ${unlocked});
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop policy posts_select on posts;
    create policy posts_select on posts for select
      using (published_at is not null or ${isSelf('seller_id')} or ${isAdmin});

    drop policy post_unlocks_select on post_unlocks;
    create policy post_unlocks_select on post_unlocks for select using (${isSelf('user_id')} or ${isAdmin});

    alter table post_unlocks drop column seller_id;
  `);
}
