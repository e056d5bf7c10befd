import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { fuzz } from '../support/fuzz.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ emulator: true })));
afterAll(() => app.stop());

test('20,000 generated bodies to every form and JSON end point: no 500, no foreign row changed', async () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
  const report = await fuzz(app, 20_000, seed);
  console.log(`seed ${seed}, answers ${JSON.stringify(report.statuses)}`);
  expect(report.failures).toEqual([]);
  expect(report.after).toEqual(report.before);
  expect(report.sent).toBe(20_000);
  // Most get past the question whose it is.
  expect(report.statuses[404] ?? 0).toBeLessThan(8_000);
});
