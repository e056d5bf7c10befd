/** node --import tsx bin/closing-line.ts REPORT...: "N passed, N failed, N skipped" of vitest's JSON reports together. */
import { existsSync, readFileSync } from 'node:fs';

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  success: boolean;
  testResults: { status: string; assertionResults: unknown[] }[];
};

/** Prints the line, and what is missing from it; false when something failed or a report is missing. */
export function printClosingLine(files: string[]): boolean {
  const [present, missing] = [files.filter((file) => existsSync(file)), files.filter((file) => !existsSync(file))];
  const reports = present.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Report);
  const sum = (count: (report: Report) => number) => reports.reduce((total, report) => total + count(report), 0);

  const passed = sum((report) => report.numPassedTests);
  const failed = sum((report) => report.numFailedTests + unloadedFiles(report));
  const skipped = sum((report) => report.numPendingTests + report.numTodoTests);

  for (const file of missing) console.error(`${file} is missing: that run ended before its report.`);
  if (reports.length > 0) console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return missing.length === 0 && failed === 0 && reports.every(({ success }) => success);
}

/** A file that could not even be loaded has no tests to count: it is one failure. */
function unloadedFiles({ testResults }: Report): number {
  return testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
    .length;
}

if (process.argv[1] === import.meta.filename && !printClosingLine(process.argv.slice(2))) process.exitCode = 1;
