import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Messages } from './messages.ts';
import { smtpServer } from './smtp.ts';
import { mailboxApp } from './web.ts';

export type Mailbox = { smtpUrl: string; url: string; messages: Messages; stop(): Promise<void> };

/** A mail server on loopback and a page to read what it got; port 0 picks a free one. */
export async function startMailbox(options: { smtpPort: number; webPort: number; dataDir?: string }): Promise<Mailbox> {
  const messages = new Messages(options.dataDir);
  const smtp = smtpServer(messages);
  const web = createServer(mailboxApp(messages));

  smtp.listen(options.smtpPort, '127.0.0.1');
  await once(smtp.server, 'listening');
  web.listen(options.webPort, '127.0.0.1');
  await once(web, 'listening');

  const port = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
  return {
    smtpUrl: `smtp://127.0.0.1:${port(smtp.server)}`,
    url: `http://localhost:${port(web)}`,
    messages,
    stop: async () => {
      web.close();
      web.closeAllConnections();
      await new Promise<void>((resolve) => smtp.close(resolve));
    },
  };
}
