import { renameSync, rmSync, writeFileSync } from 'node:fs';

export type Addresses = { url: string; emulatorUrl: string; mailboxUrl: string; databaseUrl: string };

/** Throws unless web process, emulator and mailbox all answer. */
export async function requireAnswers({ url, emulatorUrl, mailboxUrl }: Addresses): Promise<void> {
  for (const address of [`${url}/healthz`, emulatorUrl, mailboxUrl]) {
    const { status } = await fetch(address);
    if (status >= 500) throw new Error(`${address} answers with status ${status}.`);
  }
}

/** Written whole, for whoever waits for the file to appear. */
export function writeReadyFile(file: string, addresses: Addresses): void {
  writeFileSync(`${file}.unfinished`, JSON.stringify(addresses, null, 2) + '\n', { mode: 0o600 });
  renameSync(`${file}.unfinished`, file);
}

export function removeReadyFile(file: string): void {
  rmSync(file, { force: true });
}

export function welcome({ url, emulatorUrl, mailboxUrl }: Addresses): string {
  return `
GigFlow is ready at ${url}

  Whop emulator  ${emulatorUrl}
  Mailbox        ${mailboxUrl}

  Sign in with the password gigflow-demo as
    ada@gigflow.test    who buys
    noor@gigflow.test   who sells
    tomas@gigflow.test  who sells, but is not verified yet
    mina@gigflow.test   who is the admin

Ctrl-C stops everything.
`;
}
