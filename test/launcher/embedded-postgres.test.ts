import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { canEnter } from '../../src/embedded-postgres/account.ts';
import { clusterPaths } from '../../src/embedded-postgres/cluster.ts';
import { readPostmaster } from '../../src/embedded-postgres/postmaster.ts';
import { removePostgres, startPostgres } from '../../src/embedded-postgres/start-postgres.ts';

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
// Root can try other users, unless the checkout lies where they cannot read it.
const canTryOthers = isRoot && canEnter({ uid: NOBODY, gid: NOBODY }, import.meta.dirname);

// Open to every user, so that `nobody` gets to a data folder in it.
const folder = path.join(tmpdir(), `launcher-test-${process.pid}`);
mkdirSync(folder);
chmodSync(folder, 0o755);
const dataDir = path.join(folder, 'postgres');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** Another process that holds the Postgres of a folder, as another user if asked. */
async function holder(held: string, uid?: number) {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'hold-postgres.ts'), held], {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const complaint = text(child.stderr);
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(async () => Promise.reject(new Error(await complaint))),
  ])) as [string];
  return { child, ...(JSON.parse(line) as { url: string; owner: boolean }) };
}

async function letGo(child: ChildProcess) {
  child.stdin!.end();
  await once(child, 'exit');
}

async function gone(held: string) {
  await expect.poll(() => readPostmaster(held), { timeout: 10_000 }).toBeUndefined();
}

describe('the embedded Postgres', () => {
  test('two cold starts at once share one server, which stops with the last of them', async () => {
    const [first, second] = await Promise.all([holder(dataDir), holder(dataDir)]);
    expect(first.url).toBe(second.url);
    expect([first.owner, second.owner].sort()).toEqual([false, true]);

    const [owner, borrower] = first.owner ? [first, second] : [second, first];
    await letGo(owner.child);
    expect(await query(borrower.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);

    await letGo(borrower.child);
    expect(readPostmaster(dataDir)).toBeUndefined();
  });

  test('gives the app a role that row level security binds, in a UTF-8 database of its own', async () => {
    const { url, stop } = await startPostgres({ dataDir });
    const [role] = await query(
      url,
      `SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, pg_get_userbyid(datdba) AS owner,
              pg_encoding_to_char(encoding) AS encoding, datlocale, current_setting('server_version_num')::int / 10000 AS version
         FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`,
    );
    expect(role).toEqual({
      rolname: 'gigflow',
      rolsuper: false,
      rolbypassrls: false,
      rolcreatedb: false,
      rolcreaterole: false,
      owner: 'gigflow',
      encoding: 'UTF8',
      datlocale: 'C.UTF-8',
      version: 18,
    });
    await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow('password');
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    await stop();
  });

  test('stops when the process that started it is killed, and keeps the data', async () => {
    const { child, url } = await holder(dataDir);
    await query(url, 'CREATE TABLE kept AS SELECT 18 AS answer');
    child.kill('SIGKILL');
    await gone(dataDir);

    const { url: again, stop } = await startPostgres({ dataDir });
    expect(await query(again, 'SELECT answer FROM kept')).toEqual([{ answer: 18 }]);
    await stop();
  });

  test('starts over a pid file that a power cut left behind, even when the pid belongs to somebody else now', async () => {
    const { pidFile, data } = clusterPaths(dataDir);
    writeFileSync(pidFile, [process.pid, data, 0, 5432, '', '127.0.0.1', '', 'ready'].join('\n'));
    const { url, stop } = await startPostgres({ dataDir });
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await stop();
  });

  test.runIf(process.platform === 'linux')(
    'takes down a server whose keeper was killed, and starts it anew',
    async () => {
      const { child } = await holder(dataDir);
      const orphan = readPostmaster(dataDir)!;
      const keeper = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${orphan.pid}/status`, 'utf8'))![1]);
      process.kill(keeper, 'SIGKILL');
      await letGo(child);

      const { url, stop } = await startPostgres({ dataDir });
      expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 18 }]);
      expect(readPostmaster(dataDir)!.pid).not.toBe(orphan.pid);
      await stop();
    },
  );

  test('is not removed while somebody uses it', async () => {
    const { stop } = await startPostgres({ dataDir });
    await expect(removePostgres(dataDir)).rejects.toThrow('is in use');
    await stop();
    await removePostgres(dataDir);
    expect(existsSync(dataDir)).toBe(false);
  });

  test.runIf(canTryOthers)('runs for an ordinary user', async () => {
    const home = path.join(folder, 'ordinary');
    mkdirSync(home);
    chownSync(home, NOBODY, NOBODY);
    const { child, url } = await holder(path.join(home, 'postgres'), NOBODY);
    expect(await query(url, 'SELECT current_user AS me')).toEqual([{ me: 'gigflow' }]);
    await letGo(child);
  });

  test.runIf(canTryOthers)('says what is wrong with a user that has no passwd entry', async () => {
    await expect(holder(path.join(folder, 'stranger'), 54_321)).rejects.toThrow(/uid 54321.*DATABASE_URL/);
  });

  test.runIf(isRoot)('finds another place when root keeps the data folder to itself', async () => {
    const secret = path.join(mkdtempSync(path.join(folder, 'root-only-')), 'postgres');
    const { url, stop } = await startPostgres({ dataDir: secret, ephemeral: true });
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(existsSync(secret)).toBe(false);
    await stop();
  });
});
