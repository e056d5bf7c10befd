import { createHmac } from 'node:crypto';
import { EMULATOR_CREDENTIALS } from '../whop-emulator/credentials.ts';

/**
 * Every setting of a demo that is the same at each start. Its two secrets follow from the database's password, which is random and kept in
 * the data folder: whoever is given the demo's DATABASE_URL (`npm run job`, `npm run doctor`) can read what its web process wrote.
 */
export function demoSettings(databaseUrl: string): Record<string, string> {
  const { password, pathname } = new URL(databaseUrl);
  const secret = (purpose: string) => createHmac('sha256', password || pathname).update(`gigflow demo ${purpose}`);
  return {
    GIGFLOW_DEMO: '1',
    DATABASE_URL: databaseUrl,
    SESSION_SECRET: secret('SESSION_SECRET').digest('base64url'),
    ENCRYPTION_KEY: secret('ENCRYPTION_KEY').digest('base64'),
    WHOP_ENVIRONMENT: 'emulator',
    WHOP_API_KEY: EMULATOR_CREDENTIALS.apiKey,
    WHOP_PLATFORM_COMPANY_ID: EMULATOR_CREDENTIALS.platformCompanyId,
    WHOP_WEBHOOK_SECRET: EMULATOR_CREDENTIALS.webhookSecret,
    WHOP_OAUTH_CLIENT_ID: EMULATOR_CREDENTIALS.oauthClientId,
    WHOP_OAUTH_CLIENT_SECRET: EMULATOR_CREDENTIALS.oauthClientSecret,
  };
}

/** Settings of a demo that the environment may change. */
export const DEMO_DEFAULTS = {
  HOST: '127.0.0.1',
  PLATFORM_FEE_BPS: '1000',
  CURRENCY: 'usd',
  MAIL_FROM: 'GigFlow <no-reply@gigflow.test>',
  LOG_LEVEL: 'warn',
};
