import { request, type ClientRequest, type IncomingMessage } from 'node:http';

export interface StreamEvent {
  id: string;
  name: string;
  data: { subject: string | null; own: boolean };
}

export interface EventStream {
  response: IncomingMessage;
  /** Events so far. */
  events: StreamEvent[];
  /** All that came over the line. */
  text(): string;
  /** The last id, as a browser would send it back. */
  lastId(): string;
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>;
  close(): void;
}

/** Opens /events as a browser does, with this cookie. Resolves with the answer's head. */
export function openEvents(url: string, cookie: string, headers: Record<string, string> = {}): Promise<EventStream> {
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = request(
      `${url}/events`,
      { agent: false, headers: { cookie, accept: 'text/event-stream', 'accept-encoding': 'gzip, br', ...headers } },
      (response) => resolve(read(sent, response)),
    );
    sent.on('error', reject).end();
  });
}

function read(sent: ClientRequest, response: IncomingMessage): EventStream {
  let text = '';
  let lastId = '';
  let parsed = 0;
  const events: StreamEvent[] = [];
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (let at = text.indexOf('\n\n', parsed); at >= 0; at = text.indexOf('\n\n', parsed)) {
      const fields = Object.fromEntries(
        text
          .slice(parsed, at)
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      ) as Record<string, string>;
      parsed = at + 2;
      if (fields.id !== undefined) lastId = fields.id;
      if (fields.event) events.push({ id: lastId, name: fields.event, data: JSON.parse(fields.data ?? '{}') as never });
    }
  });
  return {
    response,
    events,
    text: () => text,
    lastId: () => lastId,
    ended: new Promise((resolve) => response.once('end', resolve)),
    close: () => sent.destroy(),
  };
}
