import { afterEach, describe, expect, test } from 'vitest';
import { fixture, stretchWire, whopConfig, type Wire } from '../../test/support/whop-wire.ts';
import { checkoutBody, checkouts, type NewCheckout } from './checkouts.ts';
import { connect } from './connection.ts';

const CHECKOUT: NewCheckout = {
  checkoutId: 'c-1',
  attempt: 1,
  companyId: 'biz_Seller',
  title: 'Menu - Standard',
  gigId: 'g-1',
  gigTitle: 'Menu',
  totalCents: 15_000,
  feeCents: 2_250,
  currency: 'usd',
  redirectUrl: 'http://localhost:3000/checkout/complete?checkout=c-1',
};
const made = { body: fixture('rest/checkout_configuration') };
const refusal = (message: string) => ({ status: 400, body: { error: { type: 'invalid_request_error', message } } });
const keys = ({ sent }: Wire): unknown[] => sent.map(({ headers }) => headers['idempotency-key']);

let wire: Wire;
afterEach(() => wire?.stop());
const create = () => checkouts(connect(wire.config)).createCheckout(CHECKOUT);

describe('the body', () => {
  test('is the native one: the charge lands on the seller, the fee in units', () => {
    expect(checkoutBody(whopConfig(), CHECKOUT)).toMatchObject({
      account_id: 'biz_Seller',
      mode: 'payment',
      plan: {
        account_id: 'biz_Seller',
        initial_price: 150,
        application_fee_amount: 22.5,
        force_create_new_plan: true,
        product: { external_identifier: 'gig:g-1', title: 'Menu' },
      },
      metadata: { gigflow_checkout_id: 'c-1' },
    });
  });

  test('says nothing of a fee of 0', () => {
    const { plan } = checkoutBody(whopConfig(), { ...CHECKOUT, feeCents: 0 });
    expect(plan).not.toHaveProperty('application_fee_amount');
  });

  test('leaves a way back by http out for real Whop', () => {
    expect(checkoutBody(whopConfig(), CHECKOUT)).toHaveProperty('redirect_url');
    const sandbox = whopConfig({ WHOP_ENVIRONMENT: 'sandbox' });
    expect(checkoutBody(sandbox, CHECKOUT)).not.toHaveProperty('redirect_url');
    const https = { ...CHECKOUT, redirectUrl: 'https://gigflow.example/back' };
    expect(checkoutBody(sandbox, https)).toHaveProperty('redirect_url', https.redirectUrl);
  });
});

test('one call, the SDK’s own pin, the key in the header; the address is used as given', async () => {
  wire = await stretchWire(() => made);
  const created = await create();
  expect(created).toMatchObject({ whopCheckoutId: 'ch_GfCheckout0000001', planId: 'plan_GfPlan0000001' });
  expect(keys(wire)).toEqual(['checkout:c-1:1']);
  expect(wire.sent[0]!.headers['api-version-date']).toBe('2026-07-20');
});

test('Whop does not take the product: once more without, under another key', async () => {
  wire = await stretchWire(({ body }) =>
    'product' in (body.plan as object) ? refusal('Unknown parameter: plan.product') : made,
  );
  await create();
  expect(keys(wire)).toEqual(['checkout:c-1:1', 'checkout:c-1:1:no-product']);
});

test('a refusal of something else is not tried again', async () => {
  wire = await stretchWire(() => refusal('application_fee_amount must be less than the price'));
  await expect(create()).rejects.toMatchObject({ status: 400, retryable: false, requestId: 'req_wire' });
  expect(wire.sent).toHaveLength(1);
});

describe('WHOP_CHECKOUT_API_VERSION=2025-01-01', () => {
  const STABLE = { WHOP_CHECKOUT_API_VERSION: '2025-01-01' };

  test('sends the stable model’s body under its date, and reads its answer', async () => {
    const body = fixture('variants/checkout_configuration.stable-2025-01-01');
    wire = await stretchWire(() => ({ body }), STABLE);
    const created = await create();
    const [sent] = wire.sent;
    expect(sent!.headers['api-version-date']).toBe('2025-01-01');
    expect(sent!.body).not.toHaveProperty('account_id');
    expect(sent!.body.plan).toMatchObject({ company_id: 'biz_Seller', application_fee_amount: 22.5 });
    expect(created).toMatchObject({ whopCheckoutId: body.id, purchaseUrl: body.purchase_url });
  });

  test('where that date is not taken, no date is sent', async () => {
    wire = await stretchWire(
      ({ headers }) => (headers['api-version-date'] ? refusal('Unknown Api-Version-Date') : made),
      STABLE,
    );
    await create();
    expect(wire.sent.map(({ headers }) => headers['api-version-date'])).toEqual(['2025-01-01', undefined]);
    expect(keys(wire)).toEqual(['checkout:c-1:1', 'checkout:c-1:1:no-version']);
  });

  test('any other date stops the start', () => {
    expect(() => whopConfig({ WHOP_CHECKOUT_API_VERSION: '2026-01-01' })).toThrow('must be 2025-01-01');
  });
});
