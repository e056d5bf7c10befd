import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { benchWebhooks } from './webhooks.ts';

/** Every measurement by name; `npm run bench -- NAME` runs one. Figures go to bench/results.md. */
const BENCHES: Record<string, () => Promise<object>> = {
  'webhooks: 500 a second for 20 s': () => benchWebhooks(),
};

const wanted = process.argv[2] ?? '';
const lines = [
  `# Measurements`,
  '',
  `${os.cpus().length} cores (${os.cpus()[0]?.model}), Node ${process.versions.node}.`,
];
for (const [name, run] of Object.entries(BENCHES)) {
  if (!name.includes(wanted)) continue;
  const figures = await run();
  console.log(name);
  console.table(figures);
  lines.push('', `## ${name}`, '', '| figure | value |', '|---|---|');
  for (const [figure, value] of Object.entries(figures)) lines.push(`| ${figure} | ${String(value)} |`);
}
writeFileSync(path.join(import.meta.dirname, 'results.md'), lines.join('\n') + '\n');
