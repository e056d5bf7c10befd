import { defineConfig } from 'vitest/config';

/** The long proofs: fuzzing, permutations, chaos, big data. */
export default defineConfig({
  test: {
    include: ['test/proof/**/*.proof.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 20 * 60_000,
    hookTimeout: 5 * 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
