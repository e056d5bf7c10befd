import type { EventEmitter } from 'node:events';
import type { SigningKeys } from './oauth/signing-keys.ts';
import type { Store } from './store.ts';
import type { WebhookSender } from './webhooks/sender.ts';

/** What every part of the emulator is handed. */
export interface Emulator {
  store: Store;
  keys: SigningKeys;
  webhooks: WebhookSender;
  /** Says `message` with the record when somebody writes, for the chat frames that wait. */
  chat: EventEmitter;
  /** Where this emulator is found, without a slash at the end; known once it listens. */
  origin(): string;
  limits: { perMinute: number };
}
