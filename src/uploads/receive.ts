import { createHash, randomUUID } from 'node:crypto';
import type { Actor } from '../database.ts';
import {
  discardUploads,
  startAttachment,
  touchAttachments,
  type FileThread,
  type Upload,
} from '../models/attachment.ts';
import { inChunks, type Storage, type Transact } from '../storage/storage.ts';
import { sniffContentType } from './content-type.ts';
import { cleanFileName } from './file-name.ts';
import { MOST_BYTES, MOST_FILES } from './limits.ts';
import type { Part } from './parts.ts';

const SIGN_OF_LIFE = 60_000;

/** A file, or a form with files, that is not taken; the message is fit for its field. */
export class FileRefused extends Error {
  readonly field: string;
  readonly status: 413 | 422 | 429;
  constructor(field: string, message: string, status: 413 | 422 | 429 = 413) {
    super(message);
    this.field = field;
    this.status = status;
  }
}

interface Options {
  storage: Storage;
  transact: Transact;
  actor: Actor;
  thread: FileThread;
}

/** The files of one form on their way into storage: nothing of them shows until an act keeps them. */
export class Receipt {
  readonly files: Upload[] = [];
  readonly #options: Options;
  readonly #started: string[] = [];
  #alive = Date.now();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Stores one file as it arrives. @throws FileRefused; ConnectionCut */
  async take({ name: field, fileName, bytes }: Extract<Part, { kind: 'file' }>): Promise<void> {
    const { storage, transact, actor, thread } = this.#options;
    const name = cleanFileName(fileName);
    if (this.files.length >= MOST_FILES) throw new FileRefused(field, `Send at most ${MOST_FILES} files at once`);
    const id = randomUUID();
    await transact((trx) => startAttachment(trx, actor, { id, thread, name, storage: storage.name }));
    this.#started.push(id);
    const hash = createHash('sha256');
    const file: Upload = { id, field, name, contentType: '', byteSize: 0, sha256: '' };
    await storage.write(
      transact,
      id,
      this.#watched(inChunks(bytes), file, (chunk) => hash.update(chunk)),
    );
    if (file.byteSize === 0) throw new FileRefused(field, `“${name}” is empty`, 422);
    this.files.push({ ...file, sha256: hash.digest('hex') });
  }

  /** Takes away what no act has kept. */
  async discard(): Promise<void> {
    if (this.#started.length === 0) return;
    const { storage, transact } = this.#options;
    await storage.remove(await transact((trx) => discardUploads(trx, this.#started)));
  }

  async *#watched(chunks: AsyncIterable<Buffer>, file: Upload, see: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      if (file.byteSize === 0) file.contentType = await sniffContentType(chunk);
      file.byteSize += chunk.length;
      if (file.byteSize > MOST_BYTES) throw new FileRefused(file.field, `“${file.name}” is larger than 25 MB`);
      see(chunk);
      yield chunk;
      await this.#live();
    }
  }

  async #live(): Promise<void> {
    if (Date.now() - this.#alive < SIGN_OF_LIFE) return;
    this.#alive = Date.now();
    await this.#options.transact((trx) => touchAttachments(trx, this.#started));
  }
}
