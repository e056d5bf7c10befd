import type { Stage } from './stage.ts';

/** The story's mails were sent when it happened, not today; only the last two days are still unread. */
export async function settleNotifications({ trx }: Stage): Promise<void> {
  await trx.raw(
    `update notifications set mailed_at = created_at, read_at = case when created_at < app_now() - interval '2 days' then created_at end`,
  );
  await trx.raw(`select graphile_worker.remove_job('notification-mail:' || id) from notifications`);
}
