import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';

export const CLEAN_ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** A folder that holds one Postgres: its data, its log, its passwords and the lease that keeps it alive. */
export function clusterPaths(folder: string) {
  return {
    data: path.join(folder, 'data'),
    pidFile: path.join(folder, 'data/postmaster.pid'),
    log: path.join(folder, 'postgres.log'),
    lease: path.join(folder, 'lease'),
    passwords: path.join(folder, 'passwords.json'),
  };
}

export function readPasswords(folder: string): { postgres: string; gigflow: string } {
  return JSON.parse(readFileSync(clusterPaths(folder).passwords, 'utf8')) as { postgres: string; gigflow: string };
}

type Options = { folder: string; binaries: Binaries; account: Account; createDatabases: boolean };

/** Makes the cluster under a temporary name and renames it, so that whatever stands at `folder` is whole. */
export function createCluster({ folder, binaries, account, createDatabases }: Options): void {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.${randomUUID()}`;
  const paths = clusterPaths(unfinished);
  const passwords = { postgres: randomBytes(24).toString('base64url'), gigflow: randomBytes(24).toString('base64url') };
  const passwordFile = path.join(unfinished, 'initdb-password');
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    writeFileSync(paths.passwords, JSON.stringify(passwords), { mode: 0o600 });
    writeFileSync(passwordFile, passwords.postgres, { mode: 0o600 });
    if (account) {
      for (const owned of [unfinished, passwordFile]) chownSync(owned, account.uid, account.gid);
    }
    run('mkfifo', ['-m', '600', paths.lease], account);
    run(
      binaries.initdb,
      [
        ['--pgdata', paths.data],
        ['--username', 'postgres', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
        ['--encoding', 'UTF8', '--no-locale', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
        ['--no-sync', '--no-instructions'],
      ].flat(),
      account,
    );
    rmSync(passwordFile);
    createRole(binaries, paths.data, account, passwords.gigflow, createDatabases);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another start was quicker
  }
}

/** The app's own role: a superuser or a role with BYPASSRLS would pass by row level security. */
function createRole(binaries: Binaries, data: string, account: Account, password: string, createDatabases: boolean) {
  const createdb = createDatabases ? 'CREATEDB' : 'NOCREATEDB';
  const sql =
    `CREATE ROLE gigflow LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION ${createdb} PASSWORD '${password}'\n` +
    'CREATE DATABASE gigflow OWNER gigflow\n';
  const complaint = run(binaries.postgres, ['--single', '-D', data, 'postgres'], account, sql);
  if (/ERROR|FATAL|PANIC/.test(complaint)) throw new Error(`The role gigflow could not be created:\n${complaint}`);
}

/** In a process group of its own: a Ctrl-C that came here would leave half a cluster. */
function run(command: string, args: string[], account: Account, input?: string): string {
  const options = { ...account, input, cwd: '/', env: CLEAN_ENVIRONMENT, encoding: 'utf8' as const, detached: true };
  const result = spawnSync(command, args, options);
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`${path.basename(command)} failed:\n${result.stderr || result.stdout}`);
  return result.stderr;
}
