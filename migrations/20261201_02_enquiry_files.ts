import type { Knex } from 'knex';
import { isGuest, isSelf, seesOrder } from './support/policies.ts';

const mine = `(${isSelf('owner_id')} or ${isGuest('owner_guest_id')})`;
const ofOrder = `(order_id is not null and ${seesOrder()})`;
const isSide = `exists (select 1 from conversations c where c.id = conversation_id and (${isSelf('c.buyer_id')} or ${isSelf('c.seller_id')}))`;
const seesConversation = 'exists (select 1 from conversations c where c.id = conversation_id)';

const sent = 'finalised_at is not null and not draft';
const unsent = 'finalised_at is null and not draft';

const policies = (select: string, insert: string, reads: string) => `
  drop policy attachments_select on attachments;
  create policy attachments_select on attachments for select using (${mine} or (${sent} and (${select})));
  drop policy attachments_insert on attachments;
  create policy attachments_insert on attachments for insert with check (${mine} and ${insert});
  drop policy conversation_reads_select on conversation_reads;
  create policy conversation_reads_select on conversation_reads for select using (${reads});
`;

const moves = '(new.order_id, new.conversation_id) is distinct from (old.order_id, old.conversation_id)';

const protect = (moved: string, places: string) => `
  create or replace function attachments_protect() returns trigger language plpgsql set search_path = public, pg_temp as $$
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
    if ${moved}
      or (new.delivery_id is not null and not exists (select 1 from order_deliveries d where d.id = new.delivery_id and d.order_id = new.order_id))
      or (new.requirement_id is not null and not exists (select 1 from order_requirements q where q.id = new.requirement_id and q.order_id = new.order_id))
      or (new.statement_id is not null and not exists (
        select 1 from dispute_statements s join disputes d on d.id = s.dispute_id where s.id = new.statement_id and d.order_id = new.order_id))
      ${places}
    then
      raise exception 'A file stays with its order' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end $$;`;

// Files in enquiries: for whoever sees the thread, the two sides and admins once it is reported. Of every thread: a file goes with what its owner wrote there, from its first row on.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create index attachments_conversation on attachments (conversation_id) where conversation_id is not null;
    ${policies(
      `${ofOrder} or (conversation_id is not null and ${seesConversation})`,
      `${unsent} and (${ofOrder} or (conversation_id is not null and ${isSide}))`,
      // Who has read how far is told to both who talk, so that one's own message can say that it was seen.
      `${isSelf('user_id')} or ${isSide}`,
    )}
    ${protect(
      `(tg_op = 'UPDATE' and ${moves})`,
      `or (new.message_id is not null and not exists (
        select 1 from order_messages m where m.id = new.message_id
          and (m.order_id, m.conversation_id, m.sender_id, m.sender_guest_id)
            is not distinct from (new.order_id, new.conversation_id, new.owner_id, new.owner_guest_id)))`,
    )}
    drop trigger tg_attachments__protect on attachments;
    create trigger tg_attachments__protect before insert or update on attachments
      for each row execute function attachments_protect();
  `);
}

export async function down(knex: Knex): Promise<void> {
  const seesThread = `(${ofOrder} or (conversation_id is not null and ${seesConversation}))`;
  await knex.raw(`
    ${protect(moves, '')}
    drop trigger tg_attachments__protect on attachments;
    create trigger tg_attachments__protect before update on attachments
      for each row execute function attachments_protect();
    ${policies(seesThread, seesThread, isSelf('user_id'))}
    drop index attachments_conversation;
  `);
}
