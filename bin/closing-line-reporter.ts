import { rmSync } from 'node:fs';
import type { Reporter, Vitest } from 'vitest/node';
import { printClosingLine } from './closing-line.ts';

/** Ends vitest's output with the closing line of its JSON report. */
export default class ClosingLineReporter implements Reporter {
  onInit(vitest: Vitest) {
    const { outputFile } = vitest.config;
    const report = typeof outputFile === 'object' ? outputFile.json : undefined;
    if (!report) return;
    rmSync(report, { force: true });
    process.once('exit', () => {
      if (!printClosingLine([report])) process.exitCode ||= 1;
    });
  }
}
