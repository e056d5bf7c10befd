import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Messages } from './messages.ts';

const MAX_BYTES = 10 * 1024 * 1024;

/** A mail server that takes every mail from this machine and sends none on. */
export function smtpServer(messages: Messages): SMTPServer {
  return new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: MAX_BYTES,
    onData(stream, session, done) {
      receive(
        stream,
        messages,
        session.envelope.rcptTo.map(({ address }) => address),
      ).then(() => done(), done);
    },
  });
}

async function receive(stream: Readable, messages: Messages, recipients: string[]) {
  const mail = await PostalMime.parse(await buffer(stream));
  messages.add({
    from: mail.from?.address ?? '',
    to: recipients.map((address) => address.toLowerCase()),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? null,
  });
}
