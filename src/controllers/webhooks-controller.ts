import express, { type Router } from 'express';
import { crashPoint } from '../crash-point.ts';
import { deliveryLag, signatureFailures, webhookDuplicates, webhooksReceived } from '../metrics.ts';
import { isTestSend, parseEvent, type WhopEvent } from '../whop/events.ts';
import { verifyWebhook } from '../whop/signature.ts';
import { receive } from '../models/webhook-receipt.ts';
import type { RateLimits } from '../middleware/rate-limits.ts';
import type { Services } from '../services.ts';

/**
 * Whop's letters: checked on the raw body, stored, answered at once; the work is a job (product.md section 6).
 * Mounted before every parser, because the signature covers the bytes as they came.
 */
export function webhookRoutes(services: Services, limits: RateLimits): Router {
  const router = express.Router({ strict: true, caseSensitive: true });
  router.post('/api/webhooks/whop', express.raw({ type: () => true, limit: '1mb' }), async (request, response) => {
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const event = parseEvent(verifyWebhook(raw, request.headers, services.config.whop.webhookSecret));
    if (!event || event.id !== request.get('webhook-id')) {
      signatureFailures.inc();
      const flooding = limits.badSignature(request);
      return void response
        .status(flooding ? 429 : 401)
        .json({ error: flooding ? 'Too many bad signatures.' : 'The signature does not fit.' });
    }
    try {
      crashPoint('webhook.received');
      const { deliveries } = await receive(services.database, event, isTestSend(event) ? 'ignored' : 'pending');
      count(event, deliveries);
      crashPoint('webhook.stored');
    } catch (error) {
      services.logger.error({ err: error, event: event.id }, 'webhook could not be stored');
      return void response.status(503).json({ error: 'Try again later.' });
    }
    response.json({ received: true });
  });
  router.use('/api/webhooks/whop', ((error, _request, response, _next) => {
    const tooLarge = (error as { type?: string }).type === 'entity.too.large';
    response.status(tooLarge ? 413 : 400).json({ error: tooLarge ? 'Larger than 1 MB.' : 'Unreadable.' });
  }) satisfies express.ErrorRequestHandler);
  return router;
}

function count(event: WhopEvent, deliveries: number): void {
  webhooksReceived.inc();
  if (deliveries > 1) webhookDuplicates.inc();
  else if (event.occurredAt) deliveryLag.observe(Math.max(0, (Date.now() - Date.parse(event.occurredAt)) / 1_000));
}
