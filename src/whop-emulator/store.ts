import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { JWK } from 'jose';
import type * as Records from './records.ts';
import { type Faults, NO_FAULTS } from './faults.ts';

const KEEP_LATEST = { calls: 2_000, deliveries: 5_000 };
const SAVE_AFTER_MS = 250;

/** Everything the emulator knows: Maps in memory, written to one JSON file when it is given one. */
export class Store {
  readonly users = new Map<string, Records.User>();
  readonly companies = new Map<string, Records.Company>();
  readonly accountLinks = new Map<string, Records.AccountLink>();
  readonly checkouts = new Map<string, Records.Checkout>();
  readonly payments = new Map<string, Records.Payment>();
  readonly refunds = new Map<string, Records.Refund>();
  readonly disputes = new Map<string, Records.Dispute>();
  readonly disputeAlerts = new Map<string, Records.DisputeAlert>();
  readonly resolutionCases = new Map<string, Records.ResolutionCase>();
  readonly ledgerEntries = new Map<string, Records.LedgerEntry>();
  readonly payoutMethods = new Map<string, Records.PayoutMethod>();
  readonly withdrawals = new Map<string, Records.Withdrawal>();
  readonly transfers = new Map<string, Records.Transfer>();
  readonly channels = new Map<string, Records.Channel>();
  readonly messages = new Map<string, Records.Message>();
  readonly webhookEndpoints = new Map<string, Records.WebhookEndpoint>();
  readonly deliveries = new Map<string, Records.Delivery>();
  readonly codes = new Map<string, Records.AuthorizationCode>();
  readonly grants = new Map<string, Records.OAuthGrant>();
  readonly accessTokens = new Map<string, Records.OAuthAccess>();
  readonly apiKeys = new Map<string, Records.ApiKey>();
  readonly answers = new Map<string, Records.StoredAnswer>();
  readonly threeDsAttempts = new Map<string, Records.ThreeDsAttempt>();

  registration: Records.Registration | null = null;
  /** Signs id tokens and the tokens of embeds; worthless outside this emulator. */
  signingKey: (JWK & { kid: string }) | null = null;
  /** Embed tokens issued before this moment are refused. */
  tokensValidFrom: string | null = null;
  faults: Faults = NO_FAULTS;
  calls: Records.ApiCall[] = [];

  readonly #file: string | undefined;
  #saveTimer: NodeJS.Timeout | null = null;

  constructor(file?: string) {
    this.#file = file;
    this.#load();
  }

  /** To be called after a change; the file is written a moment later, once for many changes. */
  touch(): void {
    if (!this.#file || this.#saveTimer) return;
    this.#saveTimer = setTimeout(() => this.save(), SAVE_AFTER_MS);
    this.#saveTimer.unref();
  }

  /** Writes the file now. A reader never sees half of it: a temporary file takes its name. */
  save(): void {
    if (this.#saveTimer) clearTimeout(this.#saveTimer);
    this.#saveTimer = null;
    if (!this.#file) return;
    mkdirSync(path.dirname(this.#file), { recursive: true });
    const temporary = `${this.#file}.${process.pid}.tmp`;
    writeFileSync(temporary, JSON.stringify(this.#snapshot()), { mode: 0o600 });
    renameSync(temporary, this.#file);
  }

  clear(): void {
    for (const map of Object.values(this.#maps())) map.clear();
    this.tokensValidFrom = null;
    this.faults = NO_FAULTS;
    this.calls = [];
    this.touch();
  }

  recordCall(call: Records.ApiCall): void {
    this.calls.push(call);
    if (this.calls.length > KEEP_LATEST.calls) this.calls.splice(0, this.calls.length - KEEP_LATEST.calls);
  }

  addDelivery(delivery: Records.Delivery): void {
    this.deliveries.set(delivery.id, delivery);
    for (const id of this.deliveries.keys()) {
      if (this.deliveries.size <= KEEP_LATEST.deliveries) break;
      this.deliveries.delete(id);
    }
  }

  #maps(): Record<string, Map<string, unknown>> {
    const maps = Object.entries(this).filter(([, value]) => value instanceof Map);
    return Object.fromEntries(maps) as Record<string, Map<string, unknown>>;
  }

  #snapshot(): Snapshot {
    return {
      registration: this.registration,
      signingKey: this.signingKey,
      tokensValidFrom: this.tokensValidFrom,
      collections: Object.fromEntries(Object.entries(this.#maps()).map(([name, map]) => [name, [...map]])),
    };
  }

  #load(): void {
    if (!this.#file) return;
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    const snapshot = JSON.parse(text) as Snapshot;
    this.registration = snapshot.registration;
    this.signingKey = snapshot.signingKey ?? null;
    this.tokensValidFrom = snapshot.tokensValidFrom;
    for (const [name, map] of Object.entries(this.#maps())) {
      for (const [key, value] of snapshot.collections[name] ?? []) map.set(key, value);
    }
  }
}

interface Snapshot {
  registration: Records.Registration | null;
  /** Missing in files of before it was kept. */
  signingKey?: (JWK & { kid: string }) | null;
  tokensValidFrom: string | null;
  collections: Record<string, [string, unknown][]>;
}
