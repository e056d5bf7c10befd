import { expect, test } from 'vitest';
import { claimBy } from './claim-policy.ts';

const order = { email: 'ada@gigflow.test', guest_id: 'g1', seller_id: 'noor' };
const ada = { id: 'ada', email: 'Ada@gigflow.test', emailVerified: true };

test.each([
  ['the proven address', ada, [], 'address'],
  ['the address before its proof', { ...ada, emailVerified: false }, [], null],
  ['the address before its proof, with the link', { ...ada, emailVerified: false }, ['g1'], 'link'],
  ['the link of another guest', { ...ada, email: 'eve@gigflow.test' }, ['g2'], null],
  ['the link', { ...ada, email: 'eve@gigflow.test' }, ['g2', 'g1'], 'link'],
  ['the link and no address', { ...ada, email: null, emailVerified: false }, ['g1'], 'link'],
  ['the seller himself', { ...ada, id: 'noor' }, ['g1'], null],
])('%s', (_case, person, linked, expected) => {
  expect(claimBy(person, order, linked)).toBe(expected);
});
