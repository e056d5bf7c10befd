import type { Knex } from 'knex';
import { isGuest, isSelf, seesOrder } from './support/policies.ts';

const mine = `(${isSelf('owner_id')} or ${isGuest('owner_guest_id')})`;
const seesThread = `((order_id is not null and ${seesOrder()}) or (conversation_id is not null and exists (select 1 from conversations c where c.id = conversation_id)))`;

/** Files on their way, files of a draft, and messages that are a file alone. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table attachments
      -- Kept for a delivery that is not sent yet; only its owner sees it.
      add column draft boolean not null default false,
      -- The last sign of life of an upload: on a slow line one takes hours.
      add column touched_at timestamptz not null default app_now();
    drop index attachments_orphans;
    create index attachments_orphans on attachments (touched_at) where finalised_at is null;

    -- What is unfinished or a draft is nobody else's to see.
    drop policy attachments_select on attachments;
    create policy attachments_select on attachments for select
      using (${mine} or (finalised_at is not null and not draft and ${seesThread}));
    drop policy attachments_delete on attachments;
    create policy attachments_delete on attachments for delete using (${mine} and (finalised_at is null or draft));

    -- A file that was sent is evidence: nobody changes it, its hash or its place. A draft finds its place or is taken out.
    create function attachments_protect() returns trigger language plpgsql set search_path = public, pg_temp as $$
    declare
      loose text[] := array['owner_id', 'owner_guest_id'];
    begin
      if app_role() = 'system' then
        return new;
      end if;
      if old.draft then
        loose := loose || array['draft', 'delivery_id', 'finalised_at', 'touched_at'];
      end if;
      if old.finalised_at is not null and to_jsonb(new) - loose <> to_jsonb(old) - loose then
        raise exception 'A file that was sent cannot be changed' using errcode = 'insufficient_privilege';
      end if;
      if (new.order_id, new.conversation_id) is distinct from (old.order_id, old.conversation_id)
        or (new.delivery_id is not null and not exists (select 1 from order_deliveries d where d.id = new.delivery_id and d.order_id = new.order_id))
        or (new.requirement_id is not null and not exists (select 1 from order_requirements q where q.id = new.requirement_id and q.order_id = new.order_id))
      then
        raise exception 'A file stays with its order' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$;
    create trigger tg_attachments__protect before update on attachments
      for each row execute function attachments_protect();

    alter table order_messages drop constraint order_messages_body_check;
    alter table order_messages add constraint order_messages_body_check check (length(body) <= 5000) not valid;
    alter table order_messages validate constraint order_messages_body_check;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    update order_messages set body = '(a file)' where body = '';
    alter table order_messages drop constraint order_messages_body_check;
    alter table order_messages add constraint order_messages_body_check check (length(body) between 1 and 5000);

    drop trigger tg_attachments__protect on attachments;
    drop function attachments_protect();
    drop policy attachments_delete on attachments;
    create policy attachments_delete on attachments for delete using (${mine} and finalised_at is null);
    drop policy attachments_select on attachments;
    create policy attachments_select on attachments for select using (${seesThread});
    drop index attachments_orphans;
    create index attachments_orphans on attachments (created_at) where finalised_at is null;
    alter table attachments drop column touched_at, drop column draft;
  `);
}
