import { expect, test } from 'vitest';
import type { Person } from '../models/person.ts';
import { mayReviewGig } from './gig-policy.ts';
import { authorize } from './policy.ts';
import { maySell } from './seller-policy.ts';

const person = (id: string, change: Partial<Person> = {}): Person => ({
  id,
  role: 'user',
  suspended: false,
  email: `${id}@gigflow.test`,
  emailVerified: true,
  username: id,
  displayName: id,
  timeZone: 'UTC',
  avatarId: null,
  isSeller: false,
  unread: 0,
  ...change,
});
const ada = person('ada');
const noor = person('noor', { isSeller: true });
const mina = person('mina', { role: 'admin' });
const gigOf = (seller: Person) => ({ seller_id: seller.id });

test.each([
  ['a buyer', ada, gigOf(noor), false],
  ['its seller', noor, gigOf(noor), false],
  ['an admin', mina, gigOf(noor), true],
  ['the admin who wrote it', mina, gigOf(mina), false],
])('%s may review a gig: %#', (_who, asker, gig, allowed) => {
  expect(mayReviewGig(asker, gig).allowed).toBe(allowed);
});

test('only who has a seller account sells, and a refusal says why', () => {
  expect([ada, noor, mina].map((asker) => maySell(asker).allowed)).toEqual([false, true, false]);
  expect(() => authorize(maySell(ada))).toThrow('Open a seller account first');
  expect(() => authorize(maySell(noor))).not.toThrow();
});
