import path from 'node:path';
import { z } from 'zod';
import { startEmulator } from './emulator.ts';

const settings = z
  .object({
    WHOP_EMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(4100),
    GIGFLOW_DATA_DIR: z.string().min(1).default('.data'),
    NODE_ENV: z.string().optional(),
  })
  .safeParse(process.env);

if (!settings.success) {
  console.error(`The Whop emulator cannot start: ${z.prettifyError(settings.error)}`);
  process.exit(1);
}
if (settings.data.NODE_ENV === 'production') {
  console.error('The Whop emulator refuses to start with NODE_ENV=production: its money is not real.');
  process.exit(1);
}

const { WHOP_EMULATOR_PORT: port, GIGFLOW_DATA_DIR: folder } = settings.data;
const emulator = await startEmulator({ port, stateFile: path.join(folder, 'whop-emulator.json') }).catch((error) => {
  console.error(`The Whop emulator cannot start on port ${port}: ${(error as Error).message}`);
  process.exit(1);
});

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await emulator.stop();
  process.exit(0);
};

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
process.once('disconnect', () => void stop());

if (process.send) process.send({ ready: true, url: emulator.url });
else console.log(`Whop emulator at ${emulator.url}`);
