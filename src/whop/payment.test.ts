import { describe, expect, test } from 'vitest';
import { fixture } from '../../test/support/whop-wire.ts';
import { applicationFeeIn, paymentFrom } from './payment.ts';

const read = (answer: unknown) => paymentFrom(answer, new Date());
const story = {
  id: 'pay_GfPay000000001',
  whopCheckoutId: 'ch_GfCheckout0000001',
  companyId: 'biz_GfSeller000001',
  currency: 'usd',
  totalCents: 15_000,
};

test.each([
  ['rest/payment.paid', { paid: true, failed: false, feeCents: 2_250, refundedCents: 0 }],
  ['rest/payment.partially_refunded', { paid: true, failed: false, refundedCents: 6_000 }],
  ['rest/payment.refunded', { paid: true, failed: false, refundedCents: 15_000 }],
])('%s', (name, wanted) => {
  expect(read(fixture(name))).toMatchObject({ ...story, ...wanted });
});

test.each([
  ['payment.created', { paid: false, failed: false }],
  ['payment.pending', { paid: false, failed: false }],
  ['payment.succeeded', { paid: true, failed: false, feeCents: 2_250 }],
  ['payment.failed', { paid: false, failed: true }],
])('%s: the payment in it', (name, wanted) => {
  expect(read(fixture(name).data)).toMatchObject(wanted);
});

test('the flat payment of a newer pin says the same', () => {
  expect(read(fixture('variants/payment.succeeded.pin-2026-09-06').data)).toMatchObject({
    id: story.id,
    companyId: story.companyId,
    whopCheckoutId: story.whopCheckoutId,
    currency: 'usd',
    paid: true,
    failed: false,
    feeCents: null,
  });
});

describe('words of tomorrow', () => {
  test('are neither paid nor failed', () => {
    expect(read({ id: 'pay_1', status: 'settled_by_pigeon' })).toMatchObject({ paid: false, failed: false });
    expect(read({ id: 'pay_1', status: null, substatus: 'odd' })).toMatchObject({ paid: false, failed: false });
    expect(read({ id: 'pay_1' })).toMatchObject({ paid: false, failed: false, totalCents: 0, feeCents: null });
  });

  test('`succeeded` is no status: only `paid` is paid', () => {
    expect(read({ id: 'pay_1', status: 'succeeded' }).paid).toBe(false);
    expect(read({ id: 'pay_1', status: 'paid', substatus: 'failed' }).paid).toBe(false);
  });
});

test('ids are opaque', () => {
  expect(read({ id: '42', company: { id: 'acct-7' }, checkout_configuration_id: 'x' })).toMatchObject({
    id: '42',
    companyId: 'acct-7',
    whopCheckoutId: 'x',
  });
});

test('the fee is found in both wordings of the list', () => {
  expect(applicationFeeIn(fixture('rest/payment.fees'))).toBe(2_250);
  expect(applicationFeeIn({ data: [{ origin: 'application_fee', amount: { amount: '-2.00' } }] })).toBe(200);
  expect(applicationFeeIn({ data: [{ type: 'payment_processing_fixed_fee', amount: 0.3 }] })).toBeNull();
});
