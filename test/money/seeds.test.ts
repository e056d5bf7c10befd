import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../src/database.ts';
import { checkInvariants } from '../../src/money/invariants.ts';
import { seed } from '../../seeds/seed.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  await seed(testDatabase.url);
  database = openDatabase(testDatabase.url, 2);
}, 120_000);
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

test('the demo’s money is true', async () => {
  const findings = await database.withSystem('jobs', checkInvariants);
  const red = findings.filter(({ count }) => count > 0).map(({ invariant, rows }) => [invariant.name, rows[0]]);
  expect(red).toEqual([]);
});
