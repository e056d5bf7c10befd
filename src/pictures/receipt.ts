import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cleanFileName } from '../uploads/file-name.ts';
import type { Part } from '../uploads/parts.ts';
import { FileRefused } from '../uploads/receive.ts';
import { MOST_BYTES } from './limits.ts';
import { PictureRefused } from './render.ts';

/** The pictures of one form: each rests in a file while it is drawn anew, and is gone then. */
export class PictureReceipt<Drawn> {
  readonly pictures: Drawn[] = [];
  readonly #render: (file: string) => Promise<Drawn>;
  readonly #most: number;

  constructor(render: (file: string) => Promise<Drawn>, most: number) {
    this.#render = render;
    this.#most = most;
  }

  /** @throws FileRefused, ConnectionCut */
  async take({ name: field, fileName, bytes }: Extract<Part, { kind: 'file' }>): Promise<void> {
    const name = cleanFileName(fileName);
    const most = this.#most === 1 ? 'one picture' : `${this.#most} pictures`;
    if (this.pictures.length >= this.#most) throw new FileRefused(field, `Send at most ${most} at once`, 422);
    const original = join(tmpdir(), `gigflow-picture-${randomUUID()}`);
    try {
      await pipeline(
        bytes,
        (source) => upToTheLimit(source, field, name),
        createWriteStream(original, { mode: 0o600 }),
      );
      this.pictures.push(await this.#render(original));
    } catch (error) {
      throw error instanceof PictureRefused ? new FileRefused(field, `“${name}” ${error.message}`, 422) : error;
    } finally {
      await rm(original, { force: true });
    }
  }
}

async function* upToTheLimit(source: Readable, field: string, name: string): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const piece of source as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MOST_BYTES) throw new FileRefused(field, `“${name}” is larger than 10 MB`);
    yield piece;
  }
  if (size === 0) throw new FileRefused(field, `“${name}” is empty`, 422);
}
