import { crashPoint } from '../crash-point.ts';
import { handlingLag, webhookFailures } from '../metrics.ts';
import { lockPending, markFailed, markHandled, type WebhookEventRow } from '../models/webhook-event.ts';
import type { Services } from '../services.ts';
import { handlers } from '../whop/handlers/registry.ts';

/**
 * Does what an event asks for, once: ask Whop first, then effect and `handled` in one transaction.
 * @param lastTry after this one the event waits for the operator
 * @throws what went wrong, so that the queue tries again with back-off
 */
export async function processWebhook(services: Services, id: string, lastTry: boolean): Promise<void> {
  const { database } = services;
  const event = await database.withSystem('inbox', (trx) =>
    trx<WebhookEventRow>('webhook_events').where({ id }).first(),
  );
  if (!event || event.status === 'handled' || event.status === 'ignored') return;
  const handler = handlers[event.type];
  try {
    const effect = handler
      ? await handler({
          services,
          event: { id: event.id, type: event.type, accountId: event.account_id, occurredAt: null, data: event.payload },
        })
      : null;
    crashPoint('webhook.read');
    await database.withSystem('whop', async (trx) => {
      if (!(await lockPending(trx, id))) return;
      await effect?.(trx);
      await markHandled(trx, id, handler ? 'handled' : 'ignored');
    });
    crashPoint('webhook.done');
    handlingLag.observe(Math.max(0, (Date.now() - event.received_at.getTime()) / 1_000));
  } catch (error) {
    webhookFailures.inc();
    await database.withSystem('inbox', (trx) => markFailed(trx, id, (error as Error).message, lastTry));
    throw error;
  }
}
