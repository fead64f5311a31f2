import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['graders/**/*.test.ts', 'fixtures/**/*.test.ts'],
    globalSetup: ['graders/harness/testing/global-setup.ts'],
    // Tests start real servers and, in containers, real engines: generous, since a limit is no benchmark.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: process.env.GITHUB_ACTIONS ? ['default', 'github-actions'] : ['default'],
  },
});
