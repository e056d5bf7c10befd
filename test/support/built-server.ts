import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ServerEntry } from './victim.ts';

const root = path.join(import.meta.dirname, '../..');

/** The server as `npm run build` makes it and the Procfile starts it, in a folder of its own: no loader that compiles. */
export async function buildServer(): Promise<ServerEntry & { remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gigflow-built-'));
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const options = ['-p', 'tsconfig.build.json', '--noCheck', '--outDir', path.join(folder, 'dist')];
  await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: root });
  for (const name of ['node_modules', 'package.json', 'public', 'src', 'views']) {
    await symlink(path.join(root, name), path.join(folder, name));
  }
  const procfile = await readFile(path.join(root, 'Procfile'), 'utf8');
  const args = /^web: node (.+)$/m.exec(procfile)![1]!.split(' ');
  return { cwd: folder, args, remove: () => rm(folder, { recursive: true }) };
}
