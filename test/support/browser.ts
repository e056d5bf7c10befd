import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether journeys can run: `describe.skipIf(!hasBrowser())`. A missing browser is said aloud and skips them; with CI=true it is an error.
 */
export function hasBrowser(): boolean {
  if (existsSync(EXECUTABLE)) return true;
  const message = `No browser at ${EXECUTABLE}: install chromium or set CHROMIUM_PATH.`;
  if (process.env.CI === 'true') throw new Error(message);
  console.warn(`${message} Journeys are skipped.`);
  return false;
}

type Options = Pick<
  BrowserContextOptions,
  'javaScriptEnabled' | 'colorScheme' | 'viewport' | 'reducedMotion' | 'storageState'
>;

export type TestContext = BrowserContext & {
  /** Addresses outside this machine that a page asked for; none was reached. */ strayRequests: string[];
};

let browser: Promise<Browser> | undefined;

/** A fresh visitor (cookies, storage) in the one Chromium of this worker. */
export async function newContext(options: Options = {}): Promise<TestContext> {
  browser ??= chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
  const context = await (await browser).newContext(options);
  const strayRequests: string[] = [];
  await context.route(
    (url) => !LOOPBACK.has(url.hostname),
    async (route) => {
      strayRequests.push(route.request().url());
      await route.abort();
    },
  );
  return Object.assign(context, { strayRequests });
}

/** Closes the worker's Chromium; for `afterAll` of every file with journeys. */
export async function closeBrowser(): Promise<void> {
  const running = browser;
  browser = undefined;
  await (await running)?.close();
}
