import { Router, type Request, type Response } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { newId, newSecret } from '../ids.ts';
import type { Delivery, WebhookEndpoint } from '../records.ts';
import { EVENT_TYPES, isEventType } from '../webhooks/event-types.ts';
import { placeholder } from '../webhooks/placeholder.ts';
import { callerOf, companyFor, pathId, permit, recordFor } from './authentication.ts';
import { badRequest, notFound } from './errors.ts';
import { page, pageQuery } from './lists.ts';
import { parseBody, parseQuery } from './parse.ts';
import { versionOf } from './versions.ts';

const NO_API_VERSION_FROM = '2026-08-12';

const event = z.string().refine(isEventType, { error: 'unknown event' });
const settings = z.object({
  url: z.url(),
  resource_id: z.string().nullish(),
  events: z.array(event).nullish(),
  child_resource_events: z.boolean().nullish(),
  api_version: z.enum(['v1', 'v2', 'v5']).nullish(),
  api_version_date: z.iso.date().nullish(),
  enabled: z.boolean().nullish(),
});

function buildWebhook(endpoint: WebhookEndpoint): Whop.Webhook {
  const events = endpoint.events as Whop.WebhookEvent[];
  return {
    id: endpoint.id,
    url: endpoint.url,
    api_version: 'v1',
    child_resource_events: endpoint.childResourceEvents,
    enabled: endpoint.enabled,
    events,
    testable_events: events,
    resource_id: endpoint.companyId,
    created_at: endpoint.createdAt,
  };
}

export function webhooks(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  const manage = permit(emulator, 'developer:manage_webhook');

  const find = (req: Request, res: Response): WebhookEndpoint =>
    recordFor(emulator, res, store.webhookEndpoints, pathId(req), 'Webhook');

  const checkApiVersion = (req: Request, version: string | null | undefined): void => {
    if (!version) return;
    if (versionOf(req) >= NO_API_VERSION_FROM)
      throw badRequest('api_version is not accepted', { param: 'api_version' });
    if (version !== 'v1') throw badRequest('The emulator sends v1 only', { param: 'api_version' });
  };

  router.post('/webhooks', manage, (req, res) => {
    const body = parseBody(req, settings);
    checkApiVersion(req, body.api_version);
    const companyId = body.resource_id ?? callerOf(res).companyId;
    const company = companyFor(emulator, res, companyId ?? '', 'Resource');
    const endpoint: WebhookEndpoint = {
      id: newId('hook'),
      url: body.url,
      companyId: company.id,
      events: body.events ?? [...EVENT_TYPES],
      childResourceEvents: body.child_resource_events ?? false,
      enabled: body.enabled ?? true,
      pin: body.api_version_date ?? versionOf(req),
      secret: newSecret('ws'),
      createdAt: new Date().toISOString(),
    };
    store.webhookEndpoints.set(endpoint.id, endpoint);
    // Shown once, here and never again (contract 11.6).
    const answer: Whop.WebhookCreateResponse = { ...buildWebhook(endpoint), webhook_secret: endpoint.secret };
    res.status(201).json(answer);
  });

  router.get('/webhooks', manage, (req, res) => {
    const query = parseQuery(req, z.object({ ...pageQuery, company_id: z.string() }));
    const company = companyFor(emulator, res, query.company_id);
    const found = [...store.webhookEndpoints.values()].filter(({ companyId }) => companyId === company.id);
    const build = (endpoint: WebhookEndpoint): Whop.WebhookListResponse => {
      const { resource_id: _resourceId, ...item } = buildWebhook(endpoint);
      return item;
    };
    res.json(page(found, query, build, ({ createdAt }) => createdAt));
  });

  router.get('/webhooks/:id', manage, (req, res) => void res.json(buildWebhook(find(req, res))));

  router.patch('/webhooks/:id', manage, (req, res) => {
    const endpoint = find(req, res);
    const body = parseBody(req, settings.partial());
    checkApiVersion(req, body.api_version);
    endpoint.url = body.url ?? endpoint.url;
    endpoint.events = body.events ?? endpoint.events;
    endpoint.childResourceEvents = body.child_resource_events ?? endpoint.childResourceEvents;
    endpoint.enabled = body.enabled ?? endpoint.enabled;
    endpoint.pin = body.api_version_date ?? endpoint.pin;
    res.json(buildWebhook(endpoint));
  });

  router.delete('/webhooks/:id', manage, (req, res) => {
    store.webhookEndpoints.delete(find(req, res).id);
    res.json(true);
  });

  router.post('/webhooks/:id/test', manage, (req, res) => {
    const endpoint = find(req, res);
    const { event: type } = parseBody(req, z.object({ event }));
    const delivery = emulator.webhooks.sendTo(endpoint, { type, companyId: null, data: placeholder(type) });
    res.status(201).json(buildDelivery(delivery));
  });

  router.get('/webhooks/:id/deliveries', manage, (req, res) => {
    const endpoint = find(req, res);
    const query = parseQuery(req, z.object(pageQuery));
    const found = [...store.deliveries.values()].filter(({ endpointId }) => endpointId === endpoint.id);
    res.json(page(found, query, buildDelivery, ({ createdAt }) => createdAt));
  });

  router.post('/webhooks/:id/deliveries/:delivery/replay', manage, async (req, res) => {
    const endpoint = find(req, res);
    const delivery = store.deliveries.get(pathId(req, 'delivery'));
    if (!delivery || delivery.endpointId !== endpoint.id) throw notFound('Delivery');
    const { regenerate_id: fresh } = parseBody(req, z.object({ regenerate_id: z.boolean().default(false) }));
    res.json(buildDelivery(await emulator.webhooks.redeliver(delivery, fresh)));
  });

  return router;
}

const buildDelivery = (delivery: Delivery): Record<string, unknown> => ({
  id: delivery.id,
  event: delivery.type,
  message_id: delivery.messageId,
  status: delivery.status,
  attempts: delivery.attempts.map(({ at, status, error }) => ({ created_at: at, response_status: status, error })),
  created_at: delivery.createdAt,
});
