import busboy from 'busboy';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Invalid } from '../errors.ts';

export type Part =
  { kind: 'field'; name: string; value: string } | { kind: 'file'; name: string; fileName: string; bytes: Readable };

/** The other end went away, or what it sent ends in the middle. */
export class ConnectionCut extends Error {}

/** What was sent as fields is larger than a form of text may be; answered as express answers it, with 413. */
class FieldsTooLarge extends Error {
  readonly type = 'entity.too.large';
}

const FIELD_BYTES = 100 * 1024;
const MOST_FIELDS = 2_000;
const MOST_PARTS = 2_100;

/**
 * The parts of a multipart form, one after the other. Nothing is read from the line before somebody asks for a part, and
 * a file's bytes wait there until somebody reads them.
 */
export class Parts {
  readonly #request: IncomingMessage;
  readonly #parser: busboy.Busboy;
  readonly #queue: Part[] = [];
  #fieldBytes = 0;
  #flowing = false;
  #ended = false;
  #failure: Error | null = null;
  #wake: () => void = () => {};

  /** @throws Invalid when the header names no boundary */
  constructor(request: IncomingMessage) {
    this.#request = request;
    try {
      this.#parser = busboy({
        headers: request.headers,
        defParamCharset: 'utf8',
        limits: { fields: MOST_FIELDS, fieldSize: FIELD_BYTES, fieldNameSize: 200, parts: MOST_PARTS },
      });
    } catch {
      throw new Invalid({ '': 'What arrived is not a form that we understand.' });
    }
    this.#listen();
  }

  /** @returns null after the last part. @throws ConnectionCut; FieldsTooLarge */
  async next(): Promise<Part | null> {
    this.#flow();
    while (this.#queue.length === 0 && !this.#ended && !this.#failure) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#failure) throw this.#failure;
    return this.#queue.shift() ?? null;
  }

  /** Puts the first part back for whoever reads the form. */
  unread(part: Part): void {
    this.#queue.unshift(part);
  }

  /** Reads no further. */
  pause(): void {
    this.#request.unpipe(this.#parser);
    this.#request.pause();
    this.#flowing = false;
  }

  /** Throws away what waits, and whatever still comes. */
  abandon(): void {
    this.#fail(new ConnectionCut('The rest of the form is not wanted'));
    this.#request.unpipe(this.#parser);
    this.#request.resume();
  }

  #listen(): void {
    this.#parser.on('field', (name, value, { nameTruncated, valueTruncated }) => {
      this.#fieldBytes += name.length + Buffer.byteLength(value);
      if (nameTruncated || valueTruncated || this.#fieldBytes > FIELD_BYTES) return this.#fail(new FieldsTooLarge());
      this.#arrive({ kind: 'field', name, value });
    });
    this.#parser.on('file', (name, bytes, { filename }) => {
      // A cut line destroys this stream; whoever reads it learns of that, and nobody else has to.
      bytes.on('error', () => {});
      this.#arrive({ kind: 'file', name: name ?? '', fileName: filename ?? '', bytes });
    });
    for (const limit of ['fieldsLimit', 'partsLimit'] as const) {
      this.#parser.on(limit, () => this.#fail(new FieldsTooLarge()));
    }
    this.#parser.on('error', () => this.#fail(new ConnectionCut('The form ends in the middle')));
    this.#parser.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
    this.#request.on('error', () => this.#fail(new ConnectionCut('The connection was cut')));
    this.#request.on('close', () => {
      if (!this.#request.complete) this.#fail(new ConnectionCut('The connection was cut'));
    });
  }

  #flow(): void {
    if (this.#flowing) return;
    this.#flowing = true;
    // Bytes of a file that is being read arrive by this too.
    this.#request.pipe(this.#parser);
  }

  #arrive(part: Part): void {
    this.#queue.push(part);
    this.#wake();
  }

  #fail(error: Error): void {
    if (this.#failure || this.#ended) return;
    this.#failure = error;
    this.#parser.destroy(error);
    this.#wake();
  }
}
