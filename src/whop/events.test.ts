import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { fixture, fixtureNames } from '../../test/support/whop-wire.ts';
import { isTestSend, parseEvent } from './events.ts';
import { verifyWebhook } from './signature.ts';

const SECRET = 'ws_0123456789abcdef';

/** The way of a letter: signed by Whop, checked on its raw body, read. */
function receive(name: string) {
  const body = JSON.stringify(fixture(name));
  const id = String(fixture(name).id ?? 'msg_none');
  const at = new Date();
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(Buffer.from(SECRET).toString('base64')).sign(id, at, body),
  };
  return parseEvent(verifyWebhook(Buffer.from(body), headers, SECRET));
}

test.each(fixtureNames(''))('%s is read', (name) => {
  const { id, type, company_id, data, timestamp } = fixture(name) as Record<string, string>;
  expect(receive(name)).toEqual({
    id,
    type,
    accountId: company_id,
    occurredAt: new Date(timestamp!).toISOString(),
    data,
  });
  expect(name).toBe(`${String(type)}.json`);
});

describe('other shapes that Whop really sends', () => {
  test.each(fixtureNames('variants').filter((name) => name.includes('pin-')))('%s: the newer account field', (name) => {
    expect(receive(`variants/${name}`)).toMatchObject({
      type: name.split('.pin-')[0],
      accountId: 'biz_GfSeller000001',
    });
  });

  test('a test send is read, and known as one', () => {
    const event = receive('variants/refund.created.test-send')!;
    expect(event.accountId).toBeNull();
    expect(isTestSend(event)).toBe(true);
    expect(isTestSend(receive('refund.created')!)).toBe(false);
  });

  test('the old event|action body is no event', () => {
    expect(receive('variants/payment_succeeded.legacy-v5')).toBeNull();
  });

  test.each([
    ['payment_succeeded', 'payment.succeeded'],
    ['dispute_alert_created', 'dispute_alert.created'],
    ['identity_profile_needs_action', 'identity_profile.needs_action'],
    ['payout_account_status_updated', 'payout_account.status_updated'],
    ['resolution_center_case_created', 'resolution_center_case.created'],
    ['something_new_happened', 'something_new_happened'],
  ])('%s is understood as %s', (sent, type) => {
    expect(parseEvent({ ...fixture('payment.succeeded'), type: sent })?.type).toBe(type);
  });
});

test.each([null, 'text', [], {}, { id: 'msg_1', type: 'payment.succeeded' }, { id: '', type: 'x', data: {} }])(
  '%j is no event',
  (body) => expect(parseEvent(body)).toBeNull(),
);

test('an unreadable time stamp does not lose the event', () => {
  expect(parseEvent({ ...fixture('payment.succeeded'), timestamp: 'yesterday' })?.occurredAt).toBeNull();
});
