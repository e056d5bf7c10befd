import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';

/** The user Postgres runs as; `undefined` means the user we are. */
export type Account = { uid: number; gid: number } | undefined;

/**
 * Postgres refuses to run as root. Root hands it to the owner of an existing data folder, else to `nobody`; no account is made.
 * Throws when we run as a uid that has no passwd entry: initdb cannot work then.
 */
export function serverAccount(dataDir: string): Account {
  if (process.getuid?.() !== 0) {
    requirePasswdEntry();
    return undefined;
  }
  const folder = statSync(dataDir, { throwIfNoEntry: false });
  return folder && folder.uid !== 0 ? { uid: folder.uid, gid: folder.gid } : nobody();
}

/** Whether the account may enter the folder: a checkout below /root is out of reach for `nobody`. */
export function canEnter(account: Account, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

function requirePasswdEntry() {
  try {
    userInfo();
  } catch {
    throw new Error(
      `The embedded Postgres cannot run as uid ${process.getuid?.()}, which has no entry in /etc/passwd. ` +
        'Add one, or set DATABASE_URL to a Postgres of your own.',
    );
  }
}

function nobody(): Account {
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'nobody');
  if (!entry) {
    throw new Error(
      'The embedded Postgres cannot run as root, and there is no user "nobody" to run it as. ' +
        'Run as another user, or set DATABASE_URL to a Postgres of your own.',
    );
  }
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}
