import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Two processes for all files: each file leaves clock, services and browser as it found them, and the app is loaded twice only.
    isolate: false,
    maxWorkers: 2,
  },
});
