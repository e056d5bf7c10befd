import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Message = {
  id: number;
  from: string;
  /** The envelope's recipients: blind copies too. */
  to: string[];
  subject: string;
  receivedAt: string;
  text: string;
  html: string | null;
};

const KEPT = 500;

/** The newest mails, in memory and, with a data folder, in its mailbox.json. Emits `message` for each that arrives. */
export class Messages extends EventEmitter<{ message: [Message] }> {
  readonly #file: string | undefined;
  #messages: Message[] = [];

  constructor(dataDir?: string) {
    super();
    this.#file = dataDir && path.join(dataDir, 'mailbox.json');
    if (this.#file && existsSync(this.#file)) {
      this.#messages = JSON.parse(readFileSync(this.#file, 'utf8')) as Message[];
    }
  }

  add(mail: Omit<Message, 'id' | 'receivedAt'>): void {
    const message = { id: (this.#messages.at(-1)?.id ?? 0) + 1, receivedAt: new Date().toISOString(), ...mail };
    this.#messages = [...this.#messages, message].slice(-KEPT);
    this.#save();
    this.emit('message', message);
  }

  /** Newest first. */
  list(to?: string): Message[] {
    const address = to?.toLowerCase();
    return this.#messages.filter((message) => !address || message.to.includes(address)).reverse();
  }

  find(id: number): Message | undefined {
    return this.#messages.find((message) => message.id === id);
  }

  #save() {
    if (!this.#file) return;
    const unfinished = `${this.#file}.${process.pid}`;
    writeFileSync(unfinished, JSON.stringify(this.#messages, null, 2), { mode: 0o600 });
    renameSync(unfinished, this.#file);
  }
}
