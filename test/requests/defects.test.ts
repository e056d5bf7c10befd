import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { asSystem, createPerson, signIn } from '../support/orders.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ emulator: true })));
afterAll(() => app.stop());

/** `(defects 7, 43-46)` names 7, 43, 44, 45 and 46. */
function numbersIn(text: string): number[] {
  return [...text.matchAll(/defects? ((?:\d+(?:-\d+)?(?:, | and )?)+)/gi)].flatMap(([, list]) =>
    list!
      .split(/, | and /)
      .filter(Boolean)
      .flatMap((part) => {
        const [first, last = first] = part.split('-').map(Number) as [number, number?];
        return Array.from({ length: last! - first + 1 }, (_, index) => first + index);
      }),
  );
}

test('each of the 61 defects of the original is tried by a test that says its number', async () => {
  const root = path.join(import.meta.dirname, '../..');
  const named = new Set<number>();
  for (const folder of ['src', 'test']) {
    for (const file of await readdir(path.join(root, folder), { recursive: true })) {
      if (!/\.(test|proof)\.ts$/.test(file) || file.endsWith('defects.test.ts')) continue;
      const text = await readFile(path.join(root, folder, file), 'utf8');
      for (const number of numbersIn(text)) named.add(number);
    }
  }
  const missing = Array.from({ length: 61 }, (_, index) => index + 1).filter((number) => !named.has(number));
  // 39 is below.
  expect(missing).toEqual([39]);
});

test('defect 39: opening a company and asking for the identity check leave the Whop account alone', async () => {
  const noor = await createPerson(app, 'Noor Connected');
  await asSystem(app, (trx) =>
    trx('whop_identities').insert({ sub: 'user_noor', user_id: noor.id, refresh_token_encrypted: 'sealed' }),
  );
  const browser = await signIn(app, noor);
  const opened = await browser.post('/sell/onboarding', { display_name: 'Noor Studio', country: 'JO' });
  expect([opened.status, opened.headers.location]).toEqual([303, '/sell/onboarding']);
  expect((await browser.postJson('/api/sell/kyc/sync')).status).toBeLessThan(400);
  const identity = await asSystem(app, (trx) => trx('whop_identities').where({ user_id: noor.id }).first());
  expect(identity).toMatchObject({ sub: 'user_noor', refresh_token_encrypted: 'sealed' });
});
