import { availableParallelism } from 'node:os';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { keyspaceGrader } from './graders/harness/api/vitest/plugin.ts';
import { testProjects } from './graders/harness/testing/projects.ts';
import { SummaryReporter } from './graders/harness/testing/summary-reporter.ts';

const limits = {
  // Tests start real servers and, in containers, real engines. Far more than a busy machine needs: no limit is
  // a benchmark.
  testTimeout: 300_000,
  hookTimeout: 300_000,
};

/** Builds what is run, for all tests that start a process. */
const SETUP = ['graders/harness/testing/global-setup.ts'];

/** The tests of the code. */
const code = testProjects(import.meta.dirname);

/** Grades what stands in challenges/: a learner's work, which is no code. */
const challenges: TestProjectConfiguration = {
  test: {
    ...limits,
    name: 'challenges',
    include: ['graders/harness/api/vitest/own-challenges.ts'],
    globalSetup: SETUP,
  },
};

/** `npm test` is `--mode daily`, `npm run test:rest` is `--mode rest`. */
function projectsOf(mode: string): string[] {
  if (mode === 'daily') return code.filter(({ daily }) => daily).map(({ name }) => name);
  if (mode === 'rest') return code.filter(({ daily, rest }) => !daily || rest).map(({ name }) => name);
  return ['!challenges'];
}

export default defineConfig(({ mode }) => ({
  // Here, not with the challenges: vitest has reporters for all projects alone.
  plugins: [keyspaceGrader()],
  test: {
    // `--project` overrides what is named here.
    project: projectsOf(mode),
    projects: [
      ...code.map(({ name, files, shared }) => ({
        test: {
          ...limits,
          name,
          include: [...files],
          isolate: shared === undefined,
          ...(shared === 'threads'
            ? { pool: 'threads' as const }
            : { globalSetup: SETUP, setupFiles: ['graders/harness/testing/clean-up.ts'] }),
        },
      })),
      challenges,
    ],
    // Vitest would leave one processor idle: of two, half.
    maxWorkers: availableParallelism(),
    // The last lines are vitest's own: how many passed and failed.
    reporters: [
      new SummaryReporter(Boolean(process.env.CI)),
      'default',
      ...(process.env.GITHUB_ACTIONS ? ['github-actions'] : []),
    ],
  },
}));
