/** npm run demo [-- --reset] [--ready-file PATH], npm run dev: GigFlow and everything around it, on this machine alone. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startChild } from '../demo/child.ts';
import { dataFolder, openLocalDatabase } from '../demo/local-database.ts';
import { isFree, portSetting, requireFreePort } from '../demo/ports.ts';
import { removeReadyFile, requireAnswers, welcome, writeReadyFile } from '../demo/ready.ts';
import { startReloading } from '../demo/reload.ts';
import { DEMO_DEFAULTS, demoSettings } from '../demo/settings.ts';
import { removePostgres } from '../embedded-postgres/start-postgres.ts';
import { startMailbox } from '../mailbox/start-mailbox.ts';
import { migrate } from '../migrations.ts';
import { seed } from '../../seeds/seed.ts';
import { tellWhop } from '../../seeds/whop.ts';

const { values: options } = parseArgs({
  options: { reset: { type: 'boolean' }, watch: { type: 'boolean' }, 'ready-file': { type: 'string' } },
});

/** What runs, in the order of its start; stopped from the end. */
const running: { stop(): Promise<void> }[] = [];
let stopping = false;

async function start() {
  const [port, emulatorPort] = [portSetting('PORT', 3000), portSetting('WHOP_EMULATOR_PORT', 4100)];
  await requireFreePort('PORT', port);
  await requireFreePort('WHOP_EMULATOR_PORT', emulatorPort);
  if (options['ready-file']) removeReadyFile(options['ready-file']);
  if (options.reset) await reset();
  if (!existsSync(dataFolder())) console.log('The first start draws pictures for the gigs; give it half a minute.');
  mkdirSync(dataFolder(), { recursive: true });

  const database = keep(await openLocalDatabase());
  stopWhenEnded(
    'The embedded Postgres',
    database.ended?.then(() => 'ended'),
  );
  await migrate(database.url);
  await seed(database.url);
  await tellWhop(database.url, path.join(dataFolder(), 'whop-emulator.json'));

  const settings = { ...DEMO_DEFAULTS, ...process.env, ...demoSettings(database.url) };
  const emulator = keep(
    await startChild('The Whop emulator', source('whop-emulator/main.ts'), {
      ...settings,
      WHOP_EMULATOR_PORT: String(emulatorPort),
    }),
  );
  stopWhenEnded('The Whop emulator', emulator.ended);
  const mailbox = keep(await startMailbox({ smtpPort: 0, webPort: await mailboxPort(), dataDir: dataFolder() }));

  let webPort = String(port);
  const startWeb = () =>
    startChild('The web process', source('server.ts'), {
      ...settings,
      PORT: webPort,
      WHOP_EMULATOR_PORT: new URL(emulator.url).port,
      SMTP_URL: mailbox.smtpUrl,
    });
  const web = keep(await (options.watch ? startReloading(startWeb, source('.')) : startWeb()));
  webPort = new URL(web.url).port;
  stopWhenEnded('The web process', web.ended);

  const addresses = { url: web.url, emulatorUrl: emulator.url, mailboxUrl: mailbox.url, databaseUrl: database.url };
  await requireAnswers(addresses);
  if (options['ready-file']) writeReadyFile(options['ready-file'], addresses);
  console.log(welcome(addresses));
}

async function stop(exitCode: number) {
  if (stopping) return;
  stopping = true;
  if (options['ready-file']) removeReadyFile(options['ready-file']);
  for (const part of running.reverse()) {
    await part.stop().catch((error: unknown) => console.error((error as Error).message));
  }
  if (exitCode === 0) console.log('GigFlow has stopped.');
  process.exit(exitCode);
}

function keep<Part extends { stop(): Promise<void> }>(part: Part): Part {
  running.push(part);
  return part;
}

function stopWhenEnded(name: string, ended: Promise<string> | undefined) {
  void ended?.then((how) => {
    if (stopping) return;
    console.error(`${name} ${how}, so GigFlow stops.`);
    return stop(1);
  });
}

async function reset() {
  if (process.env.DATABASE_URL?.trim()) {
    throw new Error(
      '--reset starts the embedded Postgres over. The database of DATABASE_URL is yours: empty it yourself.',
    );
  }
  await removePostgres(path.join(dataFolder(), 'postgres'));
  for (const file of ['mailbox.json', 'whop-emulator.json']) rmSync(path.join(dataFolder(), file), { force: true });
}

/** Nobody relies on the mailbox's address, so a second demo just gets another. */
async function mailboxPort(): Promise<number> {
  const port = portSetting('MAILBOX_PORT', 8025);
  return (await isFree(port)) ? port : 0;
}

function source(file: string): string {
  return path.join(import.meta.dirname, '..', file);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
start().catch((error: Error) => {
  if (stopping) return;
  console.error(error.cause instanceof Error ? `${error.message} ${error.cause.message}` : error.message);
  void stop(1);
});
