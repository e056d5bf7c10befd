import { expect, test } from 'vitest';
import type { Asker, OrderPredicate } from './order-policy.ts';
import * as orderPolicy from './order-policy.ts';

const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;
const order = { buyer_id: id(1), guest_buyer_id: null, seller_id: id(2) };
const guestOrder = { buyer_id: null, guest_buyer_id: id(3), seller_id: id(2) };

const cast = {
  nobody: { actor: { role: 'anonymous' }, suspended: false },
  stranger: { actor: { role: 'user', id: id(9) }, suspended: false },
  'a guest of another order': { actor: { role: 'guest', id: id(8) }, suspended: false },
  buyer: { actor: { role: 'user', id: id(1) }, suspended: false },
  seller: { actor: { role: 'user', id: id(2) }, suspended: false },
  admin: { actor: { role: 'admin', id: id(7) }, suspended: false },
  'suspended buyer': { actor: { role: 'user', id: id(1) }, suspended: true },
  'suspended seller': { actor: { role: 'user', id: id(2) }, suspended: true },
  'an admin who bought': { actor: { role: 'admin', id: id(1) }, suspended: false },
} satisfies Record<string, Asker>;

const matrix: [name: string, may: OrderPredicate, allowed: (keyof typeof cast)[]][] = [
  ['see', orderPolicy.see, ['buyer', 'seller', 'admin', 'suspended buyer', 'suspended seller', 'an admin who bought']],
  ['submitRequirements', orderPolicy.submitRequirements, ['buyer', 'an admin who bought']],
  ['deliver', orderPolicy.deliver, ['seller']],
  ['requestRevision', orderPolicy.requestRevision, ['buyer', 'an admin who bought']],
  ['acceptDelivery', orderPolicy.acceptDelivery, ['buyer', 'an admin who bought']],
  ['review', orderPolicy.review, ['buyer', 'seller', 'an admin who bought']],
  ['sendMessage', orderPolicy.sendMessage, ['buyer', 'seller', 'an admin who bought']],
];

test.each(matrix)('%s: the whole cast', (_name, may, allowed) => {
  const decisions = Object.entries(cast).map(([name, asker]) => [name, may(asker, order).allowed]);
  expect(Object.fromEntries(decisions)).toEqual(
    Object.fromEntries(Object.keys(cast).map((name) => [name, (allowed as string[]).includes(name)])),
  );
});

test('a guest with the link is the buyer of his own order only', () => {
  const guest: Asker = { actor: { role: 'guest', id: id(3) }, suspended: false };
  expect(orderPolicy.acceptDelivery(guest, guestOrder)).toEqual({ allowed: true });
  expect(orderPolicy.deliver(guest, guestOrder)).toEqual({ allowed: false, reason: 'Only the seller can deliver.' });
  expect(orderPolicy.see(guest, order).allowed).toBe(false);
  const samePersonsId: Asker = { actor: { role: 'user', id: id(3) }, suspended: false };
  expect(orderPolicy.see(samePersonsId, guestOrder).allowed).toBe(false);
});

test('a refusal says why', () => {
  expect(orderPolicy.acceptDelivery(cast.seller, order)).toEqual({
    allowed: false,
    reason: 'Only the buyer can accept a delivery.',
  });
  expect(orderPolicy.deliver(cast['suspended seller'], order)).toMatchObject({
    reason: expect.stringContaining('suspended'),
  });
});
