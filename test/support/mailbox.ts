import { once } from 'node:events';
import { startMailbox } from '../../src/mailbox/start-mailbox.ts';
import type { Message } from '../../src/mailbox/messages.ts';

export type TestMailbox = {
  smtpUrl: string;
  /** The mails to this address so far, newest first. */
  to(address: string): Message[];
  /** The newest mail to this address whose subject matches, once it is there; fails after ten seconds. */
  next(address: string, subject?: RegExp): Promise<Message>;
  stop(): Promise<void>;
};

/** A mail server of its own for one test file. Stop it in `afterAll`. */
export async function startTestMailbox(): Promise<TestMailbox> {
  const { smtpUrl, messages, stop } = await startMailbox({ smtpPort: 0, webPort: 0 });
  const find = (address: string, subject: RegExp) =>
    messages.list(address).find((message) => subject.test(message.subject));
  return {
    smtpUrl,
    to: (address) => messages.list(address),
    next: async (address, subject = /./) => {
      const patience = AbortSignal.timeout(10_000);
      for (;;) {
        const message = find(address, subject);
        if (message) return message;
        await once(messages, 'message', { signal: patience }).catch((cause: unknown) => {
          throw new Error(`No mail to ${address} with a subject like ${String(subject)} arrived.`, { cause });
        });
      }
    },
    stop,
  };
}
