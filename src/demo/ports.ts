import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** The port of a setting; 0 stands for any free one. */
export function portSetting(name: string, fallback: number): number {
  const value = process.env[name]?.trim();
  if (!value) return fallback;
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535)
    throw new Error(`${name} must be a port number, not "${value}".`);
  return Number(value);
}

/** Throws, with the way out, when somebody listens there; what a killed demo left behind gets three seconds to go. */
export async function requireFreePort(name: string, port: number): Promise<void> {
  const patience = Date.now() + 3_000;
  while (!(await isFree(port))) {
    if (Date.now() > patience) {
      throw new Error(
        `Port ${port} is taken. Choose another with ${name}=${port + 1}, or any free one with ${name}=0.`,
      );
    }
    await delay(100);
  }
}

export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
