import { expect, test } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

const complete = {
  DATABASE_URL: 'postgres://gigflow:secret@localhost/gigflow',
  SESSION_SECRET: 'x'.repeat(32),
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  WHOP_ENVIRONMENT: 'emulator',
  WHOP_API_KEY: 'apik_test',
  WHOP_PLATFORM_COMPANY_ID: 'biz_test',
  WHOP_WEBHOOK_SECRET: 'ws_test',
  WHOP_OAUTH_CLIENT_ID: 'app_test',
};
const sentences = (env: object): string[] => {
  try {
    loadConfig({ ...complete, ...env } as NodeJS.ProcessEnv);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message.split('\n');
  }
  return [];
};

test('complete settings are read, with defaults for the rest', () => {
  expect(loadConfig(complete)).toMatchObject({
    appUrl: 'http://localhost:3000',
    platformFeeBps: 1_000,
    currency: 'usd',
    feeOnRefund: 'return',
  });
});

test.each(Object.keys(complete))('without %s the start stops with one sentence that names it', (name) => {
  for (const value of [undefined, '', '   ']) {
    const said = sentences({ [name]: value });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(name);
  }
});

test.each([
  ['PLATFORM_FEE_BPS', '9001'],
  ['PLATFORM_FEE_BPS', '-1'],
  ['PLATFORM_FEE_BPS', 'ten'],
  ['PORT', '70000'],
  ['APP_URL', 'gigflow.example'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['SESSION_SECRET', 'short'],
  ['ENCRYPTION_KEY', 'AAAA'],
  ['CURRENCY', 'dollars'],
  ['FEE_ON_REFUND', 'maybe'],
  ['SMTP_URL', 'http://mail'],
])('%s=%s is malformed and says so', (name, value) => {
  expect(sentences({ [name]: value })).toHaveLength(1);
});

test('secrets lose their trailing newline, which would break every signature', () => {
  expect(loadConfig({ ...complete, WHOP_WEBHOOK_SECRET: ' ws_test\n' }).whop.webhookSecret).toBe('ws_test');
});

test('production wants an address, a mail server and no emulator', () => {
  const production = { NODE_ENV: 'production', APP_URL: 'https://gigflow.test', SMTP_URL: 'smtp://mail' };
  expect(sentences(production)[0]).toContain('WHOP_ENVIRONMENT');
  expect(sentences({ ...production, WHOP_ENVIRONMENT: 'sandbox', APP_URL: '' })[0]).toContain('APP_URL');
  expect(sentences({ ...production, WHOP_ENVIRONMENT: 'sandbox', SMTP_URL: '' })[0]).toContain('SMTP_URL');
  expect(sentences({ ...production, WHOP_ENVIRONMENT: 'sandbox' })).toEqual([]);
  expect(sentences({ ...production, GIGFLOW_DEMO: '1' })).toEqual([]);
});

test('every host follows from the environment (defect 42)', () => {
  const sandbox = loadConfig({ ...complete, WHOP_ENVIRONMENT: 'sandbox' }).whop.hosts;
  expect([sandbox.api, sandbox.oauth, sandbox.pages]).toEqual([
    'https://sandbox-api.whop.com/api/v1',
    'https://sandbox-api.whop.com/oauth',
    'https://sandbox.whop.com/',
  ]);
  expect(JSON.stringify(loadConfig({ ...complete, WHOP_EMULATOR_PORT: '4321' }).whop.hosts)).not.toMatch(
    /https:\/\/(?!api\.whop\.com")/,
  );
});
