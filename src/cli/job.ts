/** npm run job -- NAME: one run of one task, for operators and tests. */
import { RUN_NAMES, runNamed } from '../jobs/run-named.ts';
import { withServices } from './context.ts';
import { run } from './run.ts';

await run(async () => {
  const name = process.argv[2];
  if (!name) throw new Error(`Name a job: ${RUN_NAMES.join(', ')}.`);
  const result = await withServices((services) => runNamed(services, name));
  console.log(`${name}: ${result}`);
});
