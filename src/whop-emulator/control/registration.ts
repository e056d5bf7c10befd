import { Router } from 'express';
import { z } from 'zod';
import { SDK_PIN } from '../api/versions.ts';
import type { Emulator } from '../context.ts';
import { EMULATOR_CREDENTIALS } from '../credentials.ts';
import { EVENT_TYPES } from '../webhooks/event-types.ts';
import { controlBody } from './body.ts';

const PLATFORM_WEBHOOK = 'hook_EmuGigFlow0001';

const registration = z.strictObject({
  appUrl: z.url(),
  redirectUri: z.union([z.url(), z.array(z.url())]),
  webhookUrl: z.url(),
  webhookSecret: z.string().min(1).default(EMULATOR_CREDENTIALS.webhookSecret),
  /** Another pin than the SDK's, for the life of this registration. */
  webhookPin: z.iso.date().default(SDK_PIN),
});

/** The app says where it is: frames may stand there, sign-in may return there, events go there. Replaces what was said before. */
export function registrationControl({ store }: Emulator): Router {
  const router = Router();
  router.put('/registration', (req, res) => {
    const { appUrl, redirectUri, webhookUrl, webhookSecret, webhookPin } = controlBody(req, registration);
    store.registration = { appUrl, redirectUris: [redirectUri].flat(), webhookUrl };
    store.webhookEndpoints.set(PLATFORM_WEBHOOK, {
      id: PLATFORM_WEBHOOK,
      url: webhookUrl,
      companyId: EMULATOR_CREDENTIALS.platformCompanyId,
      events: [...EVENT_TYPES, 'account.updated'],
      childResourceEvents: true,
      enabled: true,
      pin: webhookPin,
      secret: webhookSecret.trim(),
      createdAt: new Date().toISOString(),
    });
    res.json(store.registration);
  });
  return router;
}
