import { newId, newMessageId } from '../ids.ts';
import { ACCOUNT_ENVELOPE } from '../api/versions.ts';
import type { Delivery, DeliveryAttempt, WebhookEndpoint } from '../records.ts';
import type { Store } from '../store.ts';
import { envelope } from './envelope.ts';
import { ACCOUNT_UPDATED } from './event-types.ts';
import { signedHeaders } from './signature.ts';

const ANSWER_WITHIN_MS = 5_000;
const SHUFFLE_WINDOW_MS = 150;
/** Whop's 30 s, 2 min, 8 min, 30 min, 1 h, 3 h, 6 h, then every 12 h (contract 11.1), compressed about 200 times. */
const RETRY_AFTER_MS = [150, 600, 2_400, 9_000, 18_000, 54_000, 60_000, 60_000, 60_000, 60_000, 60_000, 60_000];

export interface WhopEvent {
  type: string;
  /** The company the event is about; null for a test send. */
  companyId: string | null;
  data: unknown;
  /** The object as pins from 2026-09-06 send it, where it differs. */
  nativeData?: unknown;
}

/** Sends events to the registered endpoints: signed, retried under the same message id, logged, misbehaving on request. */
export class WebhookSender {
  readonly #store: Store;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #inFlight = new Set<Promise<void>>();
  #shuffling: (() => Promise<void>)[] | null = null;
  #firstAttempts = 0;
  #stopped = false;
  readonly #abort = new AbortController();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Queues one event for every endpoint that listens to its company; at most one random loss per delivery. */
  emit(event: WhopEvent): void {
    for (const endpoint of this.#store.webhookEndpoints.values()) {
      if (this.#listens(endpoint, event)) this.sendTo(endpoint, event);
    }
  }

  sendTo(endpoint: WebhookEndpoint, event: WhopEvent): Delivery {
    const now = new Date().toISOString();
    const delivery: Delivery = {
      id: newId('dlv'),
      messageId: newMessageId(),
      endpointId: endpoint.id,
      type: event.type,
      companyId: event.companyId,
      timestamp: now,
      data: event.data,
      nativeData: event.nativeData ?? event.data,
      status: 'pending',
      attempts: [],
      createdAt: now,
    };
    this.#store.addDelivery(delivery);
    this.#start(delivery);
    return delivery;
  }

  /** Sends a delivery once more, now, under its old message id or (`regenerateId`) as a new event with the same content. */
  async redeliver(delivery: Delivery, regenerateId = false): Promise<Delivery> {
    const target = regenerateId
      ? { ...delivery, id: newId('dlv'), messageId: newMessageId(), attempts: [], status: 'pending' as const }
      : delivery;
    if (regenerateId) this.#store.addDelivery(target);
    await this.#track(this.#attempt(target));
    return target;
  }

  /** Resolves when every event had its first attempt and no request is under way. Retries may still be waiting. */
  async settled(): Promise<void> {
    while ((this.#firstAttempts > 0 || this.#inFlight.size > 0) && !this.#stopped) {
      await Promise.race([...this.#inFlight, new Promise((resolve) => setTimeout(resolve, 5))]);
    }
  }

  /** Takes up what a former process left undelivered. */
  resume(): void {
    for (const delivery of this.#store.deliveries.values()) {
      if (delivery.status === 'pending') this.#later(0, () => this.#track(this.#attempt(delivery)));
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#abort.abort();
    await Promise.allSettled(this.#inFlight);
  }

  #listens(endpoint: WebhookEndpoint, event: WhopEvent): boolean {
    if (!endpoint.enabled || !endpoint.events.includes(event.type) || !event.companyId) return false;
    if (event.type === ACCOUNT_UPDATED && this.#pin(endpoint) < ACCOUNT_ENVELOPE) return false;
    if (event.companyId === endpoint.companyId) return true;
    return endpoint.childResourceEvents && this.#store.companies.get(event.companyId)?.parentId === endpoint.companyId;
  }

  #start(delivery: Delivery): void {
    const { delayMs = 0, drop = 0, duplicate = 0, shuffle } = this.#store.faults.webhooks;
    if (drop > 0 && Math.random() < drop) {
      delivery.status = 'dropped';
      return this.#store.touch();
    }
    const copies = Array.from({ length: 1 + duplicate }, () => delivery);
    this.#firstAttempts += copies.length;
    const send = async (): Promise<void> => {
      await Promise.all(copies.map((copy) => this.#track(this.#attempt(copy))));
      this.#firstAttempts -= copies.length;
    };
    if (shuffle) this.#shuffle(send);
    else this.#later(delayMs, send);
  }

  /** Collects what happens within a moment and sends it one by one in the opposite order, which is never the right one. */
  #shuffle(send: () => Promise<void>): void {
    if (this.#shuffling) return void this.#shuffling.push(send);
    const batch = [send];
    this.#shuffling = batch;
    this.#later(SHUFFLE_WINDOW_MS, async () => {
      this.#shuffling = null;
      for (const sendNext of batch.reverse()) await sendNext();
    });
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const endpoint = this.#store.webhookEndpoints.get(delivery.endpointId);
    if (!endpoint || this.#stopped) return;
    const attempt = await this.#post(endpoint, delivery);
    if (this.#stopped) return;
    delivery.attempts.push(attempt);
    const succeeded = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
    if (succeeded) delivery.status = 'delivered';
    else if (delivery.status !== 'delivered') this.#retry(delivery);
    this.#store.touch();
  }

  #retry(delivery: Delivery): void {
    const wait = RETRY_AFTER_MS[delivery.attempts.length - 1];
    delivery.status = wait === undefined ? 'failed' : 'pending';
    if (wait === undefined) return;
    this.#later(wait, async () => {
      if (delivery.status === 'pending') await this.#track(this.#attempt(delivery));
    });
  }

  async #post(endpoint: WebhookEndpoint, delivery: Delivery): Promise<DeliveryAttempt> {
    const { badSignature, legacyNames = false } = this.#store.faults.webhooks;
    const body = envelope(delivery, this.#pin(endpoint), legacyNames);
    const started = Date.now();
    const attempt = (status: number | null, error: string | null): DeliveryAttempt => ({
      at: new Date(started).toISOString(),
      status,
      error,
      ms: Date.now() - started,
    });
    try {
      const response = await fetch(endpoint.url, {
        method: 'POST',
        body,
        headers: signedHeaders(badSignature ? `${endpoint.secret}-forged` : endpoint.secret, delivery.messageId, body),
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), this.#abort.signal]),
      });
      await response.arrayBuffer();
      return attempt(response.status, null);
    } catch (error) {
      return attempt(null, error instanceof Error ? (error.cause instanceof Error ? error.cause : error).message : '');
    }
  }

  #pin(endpoint: WebhookEndpoint): string {
    return this.#store.faults.webhooks.pin ?? endpoint.pin;
  }

  #later(ms: number, work: () => Promise<void>): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void work();
    }, ms);
    this.#timers.add(timer);
  }

  async #track(work: Promise<void>): Promise<void> {
    this.#inFlight.add(work);
    await work.finally(() => this.#inFlight.delete(work));
  }
}
