import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { canEnter, type Account } from './account.ts';

const SHELTER = '/var/tmp/gigflow';

/**
 * A folder of root's under /var/tmp that every account can enter, for what lies out of reach in the checkout.
 * Throws when somebody else made it first: what stands in there could be theirs.
 */
export function shelter(): string {
  mkdirSync(SHELTER, { recursive: true, mode: 0o755 });
  const folder = lstatSync(SHELTER);
  if (!folder.isDirectory() || folder.uid !== process.getuid?.() || (folder.mode & 0o022) !== 0) {
    throw new Error(`${SHELTER} is not a folder that only root can write to. Remove it and start again.`);
  }
  return SHELTER;
}

/** Where the cluster really lies: in `dataDir`, or sheltered when the account cannot enter the folder around it. */
export function clusterFolder(dataDir: string, account: Account): string {
  mkdirSync(path.dirname(dataDir), { recursive: true });
  if (!account || canEnter(account, path.dirname(dataDir))) return dataDir;
  return path.join(shelter(), `data-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`);
}
