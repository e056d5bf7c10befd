import { EventEmitter } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulatorApp } from './app.ts';
import type { Emulator } from './context.ts';
import { populate } from './domain/people.ts';
import { resumeRefunds } from './domain/refunding.ts';
import { createSigningKeys } from './oauth/signing-keys.ts';
import { Store } from './store.ts';
import { WebhookSender } from './webhooks/sender.ts';

const REQUESTS_PER_MINUTE = 600;

interface Options {
  /** 0 picks a free one. */
  port: number;
  /** Where its memory survives a restart; without it, nowhere. */
  stateFile?: string;
}

export interface RunningEmulator {
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** Starts a stand-in for Whop on this machine's loopback addresses, found as `http://localhost:PORT`. */
export async function startEmulator({ port, stateFile }: Options): Promise<RunningEmulator> {
  const store = new Store(stateFile);
  let origin = '';
  const emulator: Emulator = {
    store,
    keys: await createSigningKeys(store),
    webhooks: new WebhookSender(store),
    chat: new EventEmitter().setMaxListeners(0),
    origin: () => origin,
    limits: { perMinute: REQUESTS_PER_MINUTE },
  };
  populate(store);

  const servers = await listenOnLoopback(port, createEmulatorApp(emulator));
  const actualPort = (servers[0]!.address() as AddressInfo).port;
  origin = `http://localhost:${actualPort}`;
  emulator.webhooks.resume();
  resumeRefunds(emulator);

  return {
    url: origin,
    port: actualPort,
    stop: async () => {
      emulator.chat.emit('stop');
      await emulator.webhooks.stop();
      await Promise.all(servers.map(close));
      store.save();
    },
  };
}

/** `localhost` means 127.0.0.1 to some and ::1 to others: the same port on both, where there is an IPv6. */
async function listenOnLoopback(port: number, listener: RequestListener): Promise<Server[]> {
  for (let attempt = 1; ; attempt += 1) {
    const ipv4 = createServer(listener);
    await listen(ipv4, port, '127.0.0.1');
    const ipv6 = createServer(listener);
    try {
      await listen(ipv6, (ipv4.address() as AddressInfo).port, '::1');
      return [ipv4, ipv6];
    } catch (error) {
      if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error))) return [ipv4];
      await close(ipv4);
      if (port !== 0 || codeOf(error) !== 'EADDRINUSE' || attempt === 10) throw error;
    }
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
