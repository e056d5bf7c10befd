import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** The contract with Whop alone: `npm run test:contract`, against the emulator or, with keys, against Whop's sandbox. */
export default defineConfig({
  root: path.join(import.meta.dirname, '../..'),
  test: { include: ['test/contract/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
});
