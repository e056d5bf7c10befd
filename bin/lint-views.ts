/** Checks the scriptlets of every view with ejs-lint; a view's mistake would otherwise show when somebody opens the page. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
// @ts-expect-error the package carries no types
import ejsLint from 'ejs-lint';

type Mistake = { message: string; line: number; column: number };

const views = readdirSync('views', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ejs'))
  .map((file) => path.join('views', file));

for (const view of views) {
  const mistake = (ejsLint as (text: string) => Mistake | undefined)(readFileSync(view, 'utf8'));
  if (!mistake) continue;
  console.error(`${view}:${mistake.line}:${mistake.column} ${mistake.message}`);
  process.exitCode = 1;
}
