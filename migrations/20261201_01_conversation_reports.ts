import type { Knex } from 'knex';
import { isAdmin, isSelf, protect } from './support/policies.ts';

const isSide = `${isSelf('buyer_id')} or ${isSelf('seller_id')}`;
const ownThread = `exists (select 1 from conversations c where c.id = conversation_id and (${isSelf('c.buyer_id')} or ${isSelf('c.seller_id')}))`;

const whoSeesConversations = (knex: Knex, rule: string) =>
  knex.raw(`
    drop policy conversations_select on conversations;
    create policy conversations_select on conversations for select using (${rule});
  `);

/** What the two sides of a conversation report. An admin sees the conversations that were reported, and no others. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table conversation_reports (
      id uuid primary key,
      conversation_id uuid not null references conversations (id) on delete cascade,
      reporter_id uuid references users (id) on delete set null,
      reason text not null check (length(reason) between 1 and 2000),
      created_at timestamptz not null default app_now(),
      closed_at timestamptz,
      closed_by uuid references users (id) on delete set null,
      -- What the admin noted; the two sides are not shown it.
      outcome text check (length(outcome) between 1 and 500),
      check ((closed_at is null) = (outcome is null)),
      check (closed_at is not null or closed_by is null)
    );
    create unique index conversation_reports_open on conversation_reports (conversation_id, reporter_id) where closed_at is null;
    create index conversation_reports_conversation on conversation_reports (conversation_id);
    create index conversation_reports_created on conversation_reports (created_at, id);

    -- A function, because the policies of both tables would ask each other without end. Whoever asks sees what he may see.
    create function conversation_is_reported(p_conversation uuid) returns boolean
    language plpgsql stable set search_path = public, pg_temp as $$
    begin
      return exists (select 1 from conversation_reports r where r.conversation_id = p_conversation);
    end $$;

    -- Until now a report was a line of the audit log: the last one of each side is taken over.
    insert into conversation_reports (id, conversation_id, reporter_id, reason, created_at)
      select distinct on (c.id, a.actor_id) gen_random_uuid(), c.id, a.actor_id, a.details ->> 'reason', a.created_at
      from audit_events a join conversations c on c.id::text = a.target_id and a.actor_id in (c.buyer_id, c.seller_id)
      where a.action = 'conversation.report' and length(a.details ->> 'reason') between 1 and 2000
      order by c.id, a.actor_id, a.created_at desc;
  `);
  await protect(knex, 'conversation_reports', {
    select: `${isSelf('reporter_id')} or ${isAdmin}`,
    insert: `${isSelf('reporter_id')} and closed_at is null and ${ownThread}`,
  });
  await whoSeesConversations(knex, `${isSide} or (${isAdmin} and conversation_is_reported(id))`);
}

export async function down(knex: Knex): Promise<void> {
  await whoSeesConversations(knex, `${isSide} or ${isAdmin}`);
  await knex.raw('drop function conversation_is_reported(uuid); drop table conversation_reports;');
}
