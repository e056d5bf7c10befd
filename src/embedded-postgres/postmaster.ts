import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { clusterPaths } from './cluster.ts';

export type Postmaster = { pid: number; port: number; ready: boolean };

/** The server that runs on this cluster, by its postmaster.pid; a file whose process is gone, or is no longer Postgres, counts as none. */
export function readPostmaster(folder: string): Postmaster | undefined {
  const { data, pidFile } = clusterPaths(folder);
  const lines = readOrEmpty(pidFile).split('\n');
  const pid = Number(lines[0]);
  if (!pid || !serves(pid, data)) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

function serves(pid: number, data: string): boolean {
  if (existsSync('/proc/self')) return readOrEmpty(`/proc/${pid}/cmdline`).split('\0').includes(data);
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(data);
  } catch {
    return false; // ps exits with 1 when there is no such process
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
