import { afterEach, describe, expect, test } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { NotFound, Unavailable, WhopFailure } from '../../src/errors.ts';
import { createWhopClient } from '../../src/whop/client.ts';
import { isTestSend, parseEvent } from '../../src/whop/events.ts';
import { handlers } from '../../src/whop/handlers/registry.ts';
import { exchangeCode } from '../../src/whop/oauth-tokens.ts';
import { verifyWebhook } from '../../src/whop/signature.ts';
import { fixture, fixtureNames, stretchWire, type Wire } from '../support/whop-wire.ts';
import { ANSWERS, EVENTS, UNREAD, VARIANTS, type Reading } from './readings.ts';

type Body = Record<string, unknown>;

let wire: Wire | undefined;
afterEach(async () => {
  await wire?.stop();
  wire = undefined;
});

async function read({ by }: Reading, body: Body): Promise<unknown> {
  wire = await stretchWire(() => ({ body }));
  return by(createWhopClient(wire.config), body);
}

const SINGLE = [
  'rest/errors',
  'rest/webhook.create',
  'variants/checkout_configuration.stable-2025-01-01',
  'variants/payment_succeeded.legacy-v5',
  'variants/refund.created.test-send',
];

test('every recorded body has its expectation here; a new one needs one', () => {
  const there = [
    ...fixtureNames(''),
    ...fixtureNames('rest').map((name) => `rest/${name}`),
    ...fixtureNames('variants').map((name) => `variants/${name}`),
  ].map((name) => name.replace(/\.json$/, ''));
  const here = [
    ...Object.keys(EVENTS),
    ...Object.keys(ANSWERS).map((name) => `rest/${name}`),
    ...Object.keys(VARIANTS).map((name) => `variants/${name}`),
    ...Object.keys(UNREAD),
    ...SINGLE,
  ];
  expect(here.sort()).toEqual(there.sort());
});

describe('events', () => {
  test.each([
    ...Object.entries(EVENTS),
    ...Object.entries(VARIANTS).map(([name, one]) => [`variants/${name}`, one] as const),
  ])('%s', async (name, reading) => {
    const event = parseEvent(fixture(name))!;
    expect(event.accountId).toMatch(/^biz_Gf(Seller|Platform)0+1$/);
    expect(handlers[event.type]?.name ?? null).toBe(reading.wakes);
    expect(await read(reading, event.data)).toEqual(reading.gives);
  });

  test('variants/payment_succeeded.legacy-v5 is no event; variants/refund.created.test-send is one without effect', () => {
    expect(parseEvent(fixture('variants/payment_succeeded.legacy-v5'))).toBeNull();
    const sent = parseEvent(fixture('variants/refund.created.test-send'))!;
    expect([sent.accountId, isTestSend(sent)]).toEqual([null, true]);
  });
});

describe('answers', () => {
  test.each(Object.entries(ANSWERS))('rest/%s', async (name, reading) => {
    expect(await read(reading, fixture(`rest/${name}`))).toEqual(reading.gives);
  });

  test('variants/checkout_configuration.stable-2025-01-01', async () => {
    const reading = ANSWERS.checkout_configuration!;
    const body = fixture('variants/checkout_configuration.stable-2025-01-01');
    expect(await read(reading, body)).toMatchObject({ whopCheckoutId: body.id, purchaseUrl: body.purchase_url });
  });

  test('rest/webhook.create: what is signed with its secret is believed', () => {
    const { webhook_secret: secret } = fixture('rest/webhook.create') as { webhook_secret: string };
    const body = JSON.stringify(fixture('payment.succeeded'));
    const at = new Date();
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(btoa(secret)).sign('msg_1', at, body),
    };
    expect(verifyWebhook(Buffer.from(body), headers, secret)).toEqual(fixture('payment.succeeded'));
  });
});

describe('rest/errors', () => {
  const errors = fixture('rest/errors') as Record<string, Body>;
  const refusals = Object.keys(errors).filter((name) => !name.startsWith('oauth'));

  test.each(refusals)('%s', async (name) => {
    const status = Number.parseInt(name);
    wire = await stretchWire(() => ({ status, body: errors[name] }));
    const refused = createWhopClient(wire.config)
      .refundPayment('pay_1', null, 'refund:1:1')
      .catch((error: unknown) => error);
    if (status === 404) return expect(await refused).toBeInstanceOf(NotFound);
    expect(await refused).toBeInstanceOf(WhopFailure);
    const { error } = errors[name] as { error: { message: string; code?: string } };
    expect(await refused).toMatchObject({
      ...{ status, requestId: 'req_wire', whopMessage: error.message, code: error.code ?? null },
      retryable: [409, 429, 500].includes(status),
    });
  });

  test.each([
    ['oauth_token_400', 400, null],
    ['oauth_token_401', 401, Unavailable],
  ] as const)('%s', async (name, status, wanted) => {
    wire = await stretchWire(() => ({ status, body: errors[name] }));
    wire.config.whop.hosts.oauth = wire.config.whop.hosts.api;
    const logger = { info: () => {}, error: () => {}, warn: () => {} };
    const exchange = exchangeCode({ config: wire.config, logger: logger as never }, 'code', 'verifier');
    if (wanted) await expect(exchange).rejects.toThrow(wanted);
    else expect(await exchange).toBeNull();
  });
});
