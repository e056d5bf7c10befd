import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { letIn, VISITORS } from '../support/visitors.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ emulator: true, seeded: true })));
afterAll(() => app.stop());

test.each(VISITORS)('%s: every link leads somewhere, every form answers, nobody else’s row changes', async (who) => {
  const visit = await letIn(app, who, 10);
  console.log(`${who}: ${visit.pages} pages, ${visit.forms} forms, answers ${JSON.stringify(visit.statuses)}`);
  expect(visit.problems).toEqual([]);
  expect(visit.after).toEqual(visit.before);
  expect(visit.pages).toBeGreaterThan(20);
  expect(visit.forms).toBeGreaterThan(3);
});
