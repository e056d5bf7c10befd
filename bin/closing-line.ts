/** Prints "N passed, N failed, N skipped" for vitest's JSON reports; exits with 1 when something failed or a report is missing. */
import { existsSync, readFileSync } from 'node:fs';

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  success: boolean;
  testResults: { status: string; assertionResults: unknown[] }[];
};

const files = process.argv.slice(2);
const missing = files.filter((file) => !existsSync(file));
const reports = files
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')) as Report);

const sum = (count: (report: Report) => number) => reports.reduce((total, report) => total + count(report), 0);
// A file that could not even be loaded has no tests to count: it is one failure.
const unloaded = ({ testResults }: Report) =>
  testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;

const passed = sum((report) => report.numPassedTests);
const failed = sum((report) => report.numFailedTests + unloaded(report));
const skipped = sum((report) => report.numPendingTests + report.numTodoTests);

for (const file of missing) console.error(`${file} is missing: that run ended before its report.`);
if (reports.length > 0) console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = missing.length > 0 || failed > 0 || reports.some(({ success }) => !success) ? 1 : 0;
