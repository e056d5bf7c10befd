import { z } from 'zod';
import { parseS3Url } from './storage/s3-storage.ts';
import { whopHosts, type WhopEnvironment, type WhopHosts } from './whop/hosts.ts';

export interface Config {
  production: boolean;
  port: number;
  appUrl: string;
  databaseUrl: string;
  sessionSecret: string;
  encryptionKey: Buffer;
  /** The key that is being replaced, while it is. */
  previousEncryptionKey: Buffer | null;
  /** What may have sealed a stored secret: the key, and the one before it. */
  decryptionKeys: Buffer[];
  platformFeeBps: number;
  feeOnRefund: 'return' | 'keep';
  currency: string;
  smtpUrl: string | null;
  mailFrom: string;
  storageUrl: string | null;
  metricsToken: string | null;
  logLevel: string;
  worker: 'inline' | 'separate';
  demo: boolean;
  whop: {
    environment: WhopEnvironment;
    hosts: WhopHosts;
    apiKey: string;
    chatApiKey: string | null;
    platformCompanyId: string;
    webhookSecret: string;
    oauthClientId: string;
    oauthClientSecret: string | null;
    oauthRedirectUri: string;
    /** Longest wait for one answer, in milliseconds. */
    timeOut: number;
    /** Set where checkouts are made in the body of Whop's stable model (contract 4.1). */
    checkoutApiVersion: string | null;
  };
}

/** A setting is missing or malformed; the message is one sentence for each, fit for an operator. */
export class ConfigError extends Error {}

const required = (name: string, what: string) =>
  z
    .string({ error: `${name} is missing: ${what}.` })
    .trim()
    .min(1, `${name} is empty: ${what}.`);
const optional = z
  .string()
  .trim()
  .transform((value) => value || null)
  .nullish()
  .transform((value) => value ?? null);
const url = (name: string, schemes: string[]) =>
  z
    .string()
    .trim()
    .refine((value) => schemes.some((scheme) => value.startsWith(`${scheme}://`)) && URL.canParse(value), {
      error: `${name} must be an address that starts with ${schemes.join(':// or ')}://.`,
    });

const schema = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: z.coerce.number({ error: 'PORT must be a number.' }).int().min(0).max(65535).default(3000),
  APP_URL: url('APP_URL', ['http', 'https']).optional(),
  DATABASE_URL: required('DATABASE_URL', 'the address of the Postgres database, postgres://…').pipe(
    url('DATABASE_URL', ['postgres', 'postgresql']),
  ),
  SESSION_SECRET: required('SESSION_SECRET', 'a random text of at least 32 characters').pipe(
    z.string().min(32, 'SESSION_SECRET must have at least 32 characters.'),
  ),
  ENCRYPTION_KEY: required('ENCRYPTION_KEY', '32 random bytes in base64').pipe(
    z
      .string()
      .refine((value) => Buffer.from(value, 'base64').length === 32, 'ENCRYPTION_KEY must be 32 bytes in base64.'),
  ),
  ENCRYPTION_KEY_PREVIOUS: z
    .string()
    .refine(
      (value) => Buffer.from(value, 'base64').length === 32,
      'ENCRYPTION_KEY_PREVIOUS must be 32 bytes in base64.',
    )
    .optional(),
  PLATFORM_FEE_BPS: z.coerce
    .number({ error: 'PLATFORM_FEE_BPS must be a whole number from 0 to 9000.' })
    .int('PLATFORM_FEE_BPS must be a whole number from 0 to 9000.')
    .min(0, 'PLATFORM_FEE_BPS must be a whole number from 0 to 9000.')
    .max(9000, 'PLATFORM_FEE_BPS must be a whole number from 0 to 9000.')
    .default(1000),
  FEE_ON_REFUND: z.enum(['return', 'keep'], 'FEE_ON_REFUND must be return or keep.').default('return'),
  CURRENCY: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z]{3}$/, 'CURRENCY must be three letters, such as usd.')
    .default('usd'),
  WHOP_ENVIRONMENT: z.enum(
    ['emulator', 'sandbox', 'production'],
    'WHOP_ENVIRONMENT must be emulator, sandbox or production.',
  ),
  WHOP_EMULATOR_PORT: z.coerce
    .number({ error: 'WHOP_EMULATOR_PORT must be a number.' })
    .int()
    .min(0)
    .max(65535)
    .default(4100),
  WHOP_API_KEY: required('WHOP_API_KEY', 'the API key of the platform company at Whop'),
  WHOP_CHAT_API_KEY: optional,
  WHOP_PLATFORM_COMPANY_ID: required('WHOP_PLATFORM_COMPANY_ID', 'the biz_… id of the platform company'),
  WHOP_WEBHOOK_SECRET: required('WHOP_WEBHOOK_SECRET', 'the ws_… secret that Whop showed when the webhook was made'),
  WHOP_OAUTH_CLIENT_ID: required('WHOP_OAUTH_CLIENT_ID', 'the app_… id for sign-in with Whop'),
  WHOP_OAUTH_CLIENT_SECRET: optional,
  WHOP_OAUTH_REDIRECT_URI: url('WHOP_OAUTH_REDIRECT_URI', ['http', 'https']).optional(),
  WHOP_TIME_OUT_MS: z.coerce
    .number({ error: 'WHOP_TIME_OUT_MS must be a whole number from 100 to 20000.' })
    .int('WHOP_TIME_OUT_MS must be a whole number from 100 to 20000.')
    .min(100, 'WHOP_TIME_OUT_MS must be a whole number from 100 to 20000.')
    .max(20_000, 'WHOP_TIME_OUT_MS must be a whole number from 100 to 20000.')
    .default(20_000),
  WHOP_CHECKOUT_API_VERSION: z.literal('2025-01-01', 'WHOP_CHECKOUT_API_VERSION must be 2025-01-01.').optional(),
  SMTP_URL: url('SMTP_URL', ['smtp', 'smtps']).optional(),
  MAIL_FROM: z.string().trim().default('GigFlow <no-reply@gigflow.test>'),
  STORAGE_URL: z
    .string()
    .trim()
    .refine((value) => parseS3Url(value) !== null, 'STORAGE_URL must be s3://KEY:SECRET@HOST/BUCKET?region=REGION.')
    .optional(),
  METRICS_TOKEN: optional,
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent.',
    )
    .default('info'),
  WORKER: z.enum(['inline', 'separate'], 'WORKER must be inline or separate.').default('inline'),
  GIGFLOW_DEMO: z.string().optional(),
});

/**
 * Reads every setting once.
 * @param env the process environment; blank values count as missing
 * @param boundPort the port that the server listens on, for the default of APP_URL when PORT is 0
 * @throws ConfigError with one sentence per missing or malformed setting
 */
export function loadConfig(env: NodeJS.ProcessEnv, boundPort?: number): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => issue.message).join('\n'));
  const e = parsed.data;
  const production = e.NODE_ENV === 'production';
  const demo = e.GIGFLOW_DEMO === '1';
  if (production && e.WHOP_ENVIRONMENT === 'emulator' && !demo) {
    throw new ConfigError('WHOP_ENVIRONMENT=emulator is for demos: set sandbox or production, or GIGFLOW_DEMO=1.');
  }
  if (production && !e.APP_URL) throw new ConfigError('APP_URL is missing: the address that people use, https://….');
  if (production && !e.SMTP_URL) throw new ConfigError('SMTP_URL is missing: the mail server, smtp://….');
  const appUrl = (e.APP_URL ?? `http://localhost:${boundPort ?? e.PORT}`).replace(/\/+$/, '');
  const encryptionKey = Buffer.from(e.ENCRYPTION_KEY, 'base64');
  const previousEncryptionKey = e.ENCRYPTION_KEY_PREVIOUS ? Buffer.from(e.ENCRYPTION_KEY_PREVIOUS, 'base64') : null;
  return {
    production,
    port: e.PORT,
    appUrl,
    databaseUrl: e.DATABASE_URL,
    sessionSecret: e.SESSION_SECRET,
    encryptionKey,
    previousEncryptionKey,
    decryptionKeys: previousEncryptionKey ? [encryptionKey, previousEncryptionKey] : [encryptionKey],
    platformFeeBps: e.PLATFORM_FEE_BPS,
    feeOnRefund: e.FEE_ON_REFUND,
    currency: e.CURRENCY,
    smtpUrl: e.SMTP_URL ?? null,
    mailFrom: e.MAIL_FROM,
    storageUrl: e.STORAGE_URL ?? null,
    metricsToken: e.METRICS_TOKEN,
    logLevel: e.LOG_LEVEL,
    worker: e.WORKER,
    demo,
    whop: {
      environment: e.WHOP_ENVIRONMENT,
      hosts: whopHosts(e.WHOP_ENVIRONMENT, e.WHOP_EMULATOR_PORT),
      apiKey: e.WHOP_API_KEY,
      chatApiKey: e.WHOP_CHAT_API_KEY,
      platformCompanyId: e.WHOP_PLATFORM_COMPANY_ID,
      webhookSecret: e.WHOP_WEBHOOK_SECRET,
      oauthClientId: e.WHOP_OAUTH_CLIENT_ID,
      oauthClientSecret: e.WHOP_OAUTH_CLIENT_SECRET,
      oauthRedirectUri: e.WHOP_OAUTH_REDIRECT_URI ?? `${appUrl}/api/auth/callback/whop`,
      timeOut: e.WHOP_TIME_OUT_MS,
      checkoutApiVersion: e.WHOP_CHECKOUT_API_VERSION ?? null,
    },
  };
}
