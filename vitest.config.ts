import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { keyspaceGrader } from './graders/harness/vitest/plugin.ts';

const common = {
  globalSetup: ['graders/harness/testing/global-setup.ts'],
  // Tests start real servers and, in containers, real engines: generous, since a limit is no benchmark.
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

/** The tests of the code. */
const code: ViteUserConfig = {
  test: {
    ...common,
    include: ['graders/**/*.test.ts', 'fixtures/**/*.test.ts', 'scripts/**/*.test.ts'],
    reporters: process.env.GITHUB_ACTIONS ? ['default', 'github-actions'] : ['default'],
  },
};

/** `npm test -- --project challenges` grades what stands in challenges/: a learner's work, which is no code. */
const challenges: ViteUserConfig = {
  plugins: [keyspaceGrader()],
  test: { ...common, name: 'challenges', include: ['graders/harness/vitest/own-challenges.ts'] },
};

export default defineConfig(/--project[=,]challenges\b/.test(process.argv.join()) ? challenges : code);
