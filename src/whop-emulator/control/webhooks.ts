import { Router } from 'express';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import type { Delivery } from '../records.ts';
import { ControlError, controlBody } from './body.ts';

/** What was sent to whom, how it was answered; and once more, please. */
export function webhooksControl(emulator: Emulator): Router {
  const { store, webhooks } = emulator;
  const router = Router();

  router.get('/webhooks', (_req, res) => {
    res.json({ data: [...store.deliveries.values()].map((delivery) => buildDelivery(emulator, delivery)) });
  });

  /** Answers when every event so far had its first attempt: tests wait for this, not for time. */
  router.post('/webhooks/settle', async (_req, res) => {
    await webhooks.settled();
    res.json({ settled: true });
  });

  router.post('/webhooks/:id/redeliver', async (req, res) => {
    const id = String(req.params.id);
    const delivery = [...store.deliveries.values()].find((one) => one.id === id || one.messageId === id);
    if (!delivery) throw new ControlError(404, `There is no ${id} here.`);
    const { regenerateId } = controlBody(req, z.strictObject({ regenerateId: z.boolean().default(false) }));
    res.json(buildDelivery(emulator, await webhooks.redeliver(delivery, regenerateId)));
  });

  return router;
}

export function buildDelivery({ store }: Emulator, delivery: Delivery): Record<string, unknown> {
  const { id, messageId, type, companyId, status, attempts, createdAt, data } = delivery;
  const url = store.webhookEndpoints.get(delivery.endpointId)?.url ?? null;
  return { id, messageId, type, companyId, url, status, attempts, createdAt, data };
}
