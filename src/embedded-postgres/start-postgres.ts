import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { serverAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { clusterPaths, createCluster, readPasswords } from './cluster.ts';
import { launch } from './keeper.ts';
import { endLease, isHeard, takeLease, type Lease } from './lease.ts';
import { readPostmaster, type Postmaster } from './postmaster.ts';
import { clusterFolder } from './shelter.ts';

export type EmbeddedPostgres = {
  /** Connects as `gigflow`: owner of the database of that name, neither superuser nor BYPASSRLS. */
  url: string;
  /** Connects as the superuser. */
  adminUrl: string;
  /** Resolves when the server has ended; only where this process started it. */
  ended?: Promise<void>;
  /** Gives the server back; it stops when nobody else uses it. */
  stop(): Promise<void>;
};

type Use = { lease: Lease; port: number; keeper?: ChildProcess };

const PATIENCE_MS = 30_000;

/**
 * A Postgres 18 on a free port of 127.0.0.1, from the binaries of the package alone; one that already runs on `dataDir` is shared.
 * It stops when the last process that uses it has stopped or died. `ephemeral` trades safety for speed and deletes the folder at the end.
 */
export async function startPostgres(options: { dataDir: string; ephemeral?: boolean }): Promise<EmbeddedPostgres> {
  const { ephemeral = false } = options;
  const dataDir = path.resolve(options.dataDir);
  const account = serverAccount(dataDir);
  const folder = clusterFolder(dataDir, account);
  const binaries = await findBinaries(account);
  createCluster({ folder, binaries, account, createDatabases: ephemeral });

  const own = async (): Promise<Use | undefined> => {
    rmSync(clusterPaths(folder).pidFile, { force: true });
    const { keeper, lease, port, complaints } = await launch({ folder, binaries, account, ephemeral });
    const server = await ready(folder, () => hasEnded(keeper));
    if (server?.port === port) {
      keeper.unref(); // a script that forgets to stop Postgres may end all the same
      return { lease, port, keeper };
    }
    closeSync(lease);
    await until(() => hasEnded(keeper));
    if (readPostmaster(folder) || complaints().includes('could not bind')) return undefined;
    throw new Error(`The embedded Postgres did not start:\n${complaints()}`);
  };

  const { lease, port, keeper } = await use(folder, own);
  const { gigflow, postgres } = readPasswords(folder);
  let stopping: Promise<void> | undefined;
  return {
    url: `postgres://gigflow:${gigflow}@127.0.0.1:${port}/gigflow`,
    adminUrl: `postgres://postgres:${postgres}@127.0.0.1:${port}/postgres`,
    ended: keeper && once(keeper, 'exit').then(() => undefined),
    stop: () => (stopping ??= stop(folder, { lease, port, keeper }, ephemeral)),
  };
}

/** Deletes the cluster of `dataDir`. Throws while somebody uses it. */
export async function removePostgres(dataDir: string): Promise<void> {
  const resolved = path.resolve(dataDir);
  const folder = clusterFolder(resolved, serverAccount(resolved));
  const server = readPostmaster(folder);
  if (server) {
    const lease = takeLease(clusterPaths(folder).lease);
    if (lease !== undefined) {
      closeSync(lease);
      throw new Error(`The Postgres in ${dataDir} is in use (process ${server.pid}). Stop what uses it first.`);
    }
    await takeDown(folder, server);
  }
  if (!existsSync(folder)) return;
  const rubbish = `${folder}.${randomUUID()}`;
  renameSync(folder, rubbish); // half a cluster must never stand at its name
  rmSync(rubbish, { recursive: true });
}

/** Shares the server that runs, or starts one; when two start at once, one of them fails and shares the other's. */
async function use(folder: string, own: () => Promise<Use | undefined>): Promise<Use> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const server = readPostmaster(folder);
    const taken = server ? await share(folder, server) : await own();
    if (taken) return taken;
  }
  throw new Error(`The embedded Postgres in ${folder} neither starts nor stops. See ${clusterPaths(folder).log}`);
}

async function share(folder: string, server: Postmaster): Promise<Use | undefined> {
  const lease = takeLease(clusterPaths(folder).lease);
  if (lease === undefined) {
    await takeDown(folder, server);
    return undefined;
  }
  const port = (await ready(folder, () => !readPostmaster(folder)))?.port;
  if (port && (await answers(folder, port)) && isHeard(lease)) return { lease, port };
  closeSync(lease);
  return undefined;
}

/** A server without a keeper is on its way down, or its keeper was killed: nothing would ever stop it. */
async function takeDown(folder: string, server: Postmaster) {
  try {
    process.kill(server.pid, 'SIGINT');
  } catch {
    return; // it is gone
  }
  await until(() => !readPostmaster(folder));
}

async function stop(folder: string, { lease, keeper }: Use, ephemeral: boolean) {
  if (!endLease(clusterPaths(folder).lease, lease)) return;
  await until(() => !readPostmaster(folder) && (!keeper || hasEnded(keeper)));
  if (ephemeral) rmSync(folder, { recursive: true, force: true });
}

/** The server once it accepts connections, or `undefined` when it has gone. */
async function ready(folder: string, gone: () => boolean): Promise<Postmaster | undefined> {
  let server: Postmaster | undefined;
  await until(() => {
    server = readPostmaster(folder);
    return server?.ready || gone();
  });
  return server?.ready ? server : undefined;
}

async function answers(folder: string, port: number): Promise<boolean> {
  const { gigflow: password } = readPasswords(folder);
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'gigflow', database: 'gigflow', password });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function until(done: () => boolean | undefined) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!done()) {
    if (Date.now() > deadline) throw new Error('The embedded Postgres does not react.');
    await delay(20);
  }
}
