import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { letIn, VISITORS } from '../support/visitors.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ emulator: true, seeded: true })));
afterAll(() => app.stop());

test.each(VISITORS)(
  '%s walks through the demo: no dead link, no form that fails, nobody else’s row changes (defect 55)',
  { timeout: 120_000 },
  async (who) => {
    const visit = await letIn(app, who, 1);
    expect(visit.problems).toEqual([]);
    expect(visit.after).toEqual(visit.before);
    expect(visit.pages).toBeGreaterThan(15);
  },
);
