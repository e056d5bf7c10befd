import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { CLEAN_ENVIRONMENT, clusterPaths } from './cluster.ts';
import { openLease, type Lease } from './lease.ts';

/**
 * Runs the server until it ends or the last lease does (`read` returns at the end of the FIFO). $1 is a folder to delete afterwards,
 * but not after status 1: then the server never ran, and the folder may be another one's.
 */
const KEEPER = `
remove=$1; shift
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ read -r _ <&3; kill -INT "$server"; } 2>/dev/null &
watcher=$!
exec 3<&-
wait "$server"
status=$?
kill "$watcher" 2>/dev/null
if [ -n "$remove" ] && [ "$status" -ne 1 ]; then rm -rf "$remove"; fi
exit $status
`;

const FAST_AND_FORGETFUL = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' };

export type Launched = { keeper: ChildProcess; lease: Lease; port: number; complaints(): string };

type Options = { folder: string; binaries: Binaries; account: Account; ephemeral: boolean };

/** Starts Postgres in a process group of its own, so that Ctrl-C reaches only node. */
export async function launch({ folder, binaries, account, ephemeral }: Options): Promise<Launched> {
  const paths = clusterPaths(folder);
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(ephemeral ? FAST_AND_FORGETFUL : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(paths.log, 'a', 0o600);
  const { size } = statSync(paths.log);
  const { lease, reader } = openLease(paths.lease);
  const keeper = spawn(
    '/bin/sh',
    ['-c', KEEPER, 'postgres-keeper', ephemeral ? folder : '', binaries.postgres, '-D', paths.data, ...flags],
    { ...account, cwd: '/', env: CLEAN_ENVIRONMENT, detached: true, stdio: [reader, log, log] },
  );
  closeSync(reader);
  closeSync(log);
  return { keeper, lease, port, complaints: () => readFileSync(paths.log).subarray(size).toString() };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
