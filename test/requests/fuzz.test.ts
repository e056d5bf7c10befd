import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { fuzz } from '../support/fuzz.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ emulator: true })));
afterAll(() => app.stop());

test(
  '600 generated bodies to every form and JSON end point: no 500, no foreign row changed',
  { timeout: 120_000 },
  async () => {
    const report = await fuzz(app, 600, 20_261_121);
    expect(report.failures).toEqual([]);
    expect(report.after).toEqual(report.before);
    expect(report.sent).toBe(600);
    expect(report.statuses[403] ?? 0).toBeLessThan(300);
  },
);
