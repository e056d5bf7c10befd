import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Database } from './database.ts';

const SECONDS = [0.1, 0.5, 1, 2, 5, 15, 60, 300, 1800, 7200, 43_200, 259_200];

/** What this process counts, for Prometheus. What the database knows is asked when somebody looks, so that every process says the same. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

export const deliveryLag = new Histogram({
  name: 'gigflow_webhook_delivery_lag_seconds',
  help: 'From an event at Whop to its arrival here',
  buckets: SECONDS,
  registers: [registry],
});
export const handlingLag = new Histogram({
  name: 'gigflow_webhook_handling_lag_seconds',
  help: 'From the arrival of an event to its effect',
  buckets: SECONDS,
  registers: [registry],
});
export const webhooksReceived = new Counter({
  name: 'gigflow_webhooks_received_total',
  help: 'Signed deliveries that were stored',
  registers: [registry],
});
export const webhookDuplicates = new Counter({
  name: 'gigflow_webhook_duplicates_total',
  help: 'Deliveries of an event that was stored before',
  registers: [registry],
});
export const signatureFailures = new Counter({
  name: 'gigflow_webhook_signature_failures_total',
  help: 'Deliveries whose signature or format did not fit',
  registers: [registry],
});
export const webhookFailures = new Counter({
  name: 'gigflow_webhook_failures_total',
  help: 'Tries to handle an event that failed',
  registers: [registry],
});

const inbox = new Gauge({
  name: 'gigflow_webhook_events',
  help: 'Events in the inbox by state',
  labelNames: ['status'],
  registers: [registry],
});
const oldest = new Gauge({
  name: 'gigflow_webhook_oldest_pending_seconds',
  help: 'Age of the oldest event that waits',
  registers: [registry],
});
const failingChecks = new Gauge({
  name: 'gigflow_money_checks_failing',
  help: 'Money checks that failed in the last run',
  registers: [registry],
});

/** The text that Prometheus reads. */
export async function scrape(database: Database): Promise<string> {
  await database.withSystem('jobs', async (trx) => {
    const { rows } = await trx.raw<{ rows: { status: string; count: number }[] }>(
      `select s.status, count(e.id)::integer as count from unnest(array['pending', 'handled', 'ignored', 'dead']) as s (status)
       left join webhook_events e on e.status = s.status group by s.status`,
    );
    for (const { status, count } of rows) inbox.set({ status }, count);
    const { rows: waiting } = await trx.raw<{ rows: { age: number; failing: number }[] }>(
      `select coalesce(extract(epoch from app_now() - min(received_at)), 0)::float as age,
         coalesce((select jsonb_array_length(failing) from money_check_runs order by ran_at desc limit 1), 0) as failing
       from webhook_events where status = 'pending'`,
    );
    oldest.set(Math.max(0, waiting[0]!.age));
    failingChecks.set(waiting[0]!.failing);
  });
  return registry.metrics();
}
