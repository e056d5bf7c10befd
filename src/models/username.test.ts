import { expect, test } from 'vitest';
import { freeUsername } from './username.ts';
import type { Transaction } from '../database.ts';

const nobody = (() => ({ where: () => ({ first: async () => undefined }) })) as unknown as Transaction;

test('a name becomes a username without accents and signs', async () => {
  expect(await freeUsername(nobody, 'Ilse van den Broek-Okonkwo')).toBe('ilse-van-den-broek-oko');
  expect(await freeUsername(nobody, 'Sunniva Åas')).toBe('sunniva-aas');
});

test('reserved, short and unreadable names get a number', async () => {
  expect(await freeUsername(nobody, 'Admin')).toMatch(/^admin-\d{4}$/);
  expect(await freeUsername(nobody, 'X')).toMatch(/^x-\d{4}$/);
  expect(await freeUsername(nobody, '日本語')).toBe('person');
});
