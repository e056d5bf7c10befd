import type { Config } from '../config.ts';

/** Tells the emulator, at every start, where this application lives; real Whop is set up once by a person (docs/deploy.md). */
export async function registerWithEmulator(config: Config): Promise<void> {
  if (config.whop.environment !== 'emulator') return;
  const response = await fetch(new URL('/control/registration', config.whop.hosts.pages), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      appUrl: config.appUrl,
      redirectUri: config.whop.oauthRedirectUri,
      webhookUrl: `${config.appUrl}/api/webhooks/whop`,
      webhookSecret: config.whop.webhookSecret,
    }),
  });
  if (!response.ok)
    throw new Error(`The Whop emulator at ${config.whop.hosts.pages} refused the registration (${response.status})`);
}
