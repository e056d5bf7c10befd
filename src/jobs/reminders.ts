import type { Services } from '../services.ts';

/**
 * Reminds people of what waits for them, each once, and withdraws what time alone has overtaken (a work that was due soon is late).
 * What a person does withdraws its reminders in the same transaction: triggers of migration `reminders`. What there is to be
 * reminded of, and when, is the view `order_reminders`.
 */
export const remind = ({ database }: Services): Promise<{ withdrawn: number; reminded: number }> =>
  database.withSystem('clock', async (trx) => {
    const withdrawn = await trx.raw<{ rowCount: number }>(
      `select withdraw_reminders(order_id) from (select distinct n.order_id from notifications n
         where n.kind like 'reminder.%' and n.withdrawn_at is null
           and not exists (select 1 from order_reminders r where r.order_id = n.order_id and r.kind = n.kind
             and r.role = n.data ->> 'role' and r.about = n.data ->> 'about')) over`,
    );
    const reminded = await trx.raw<{ rowCount: number }>(
      `insert into notifications (user_id, guest_buyer_id, kind, order_id, data, created_at)
       select user_id, guest_buyer_id, kind, order_id, jsonb_build_object('role', role, 'about', about), app_now() from order_reminders
       on conflict do nothing`,
    );
    return { withdrawn: withdrawn.rowCount, reminded: reminded.rowCount };
  });
