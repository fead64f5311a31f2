/** A documented command that no test runs, and why. It is still checked as it is written. */
export interface NotRun {
  /** As it stands in the document, however the tool is called in it; or a pattern of several. */
  readonly command: string | RegExp;
  /** The only document it is meant for; every one where it is left out. */
  readonly document?: string;
  readonly reason: string;
}

const LONG = 'takes minutes; CI runs it';

export const NOT_RUN: readonly NotRun[] = [
  { command: 'valkey-cli SET greeting hello', reason: 'connecting.test.ts grades it as a script' },
  {
    command: 'npm test',
    document: 'docs/classroom.md',
    reason: 'graders/harness/setup/init/init.test.ts runs it in such a repository',
  },
  {
    command: 'npm test',
    document: 'docs/vitest.md',
    reason: 'the tests of a repository that uses vitest, run as `npx vitest run` in the same document',
  },
  {
    command:
      /^(npm ci && )?(DOCKER_HOST=\S+ |KEYSPACE_GRADER_REQUIRE_DOCKER=1 )?npm (test|run (test:all|test:rest|coverage))$/,
    reason: 'these are the tests; CI runs them so',
  },
  { command: /^npx vitest (run|list)\b.* (graders\/|--project )/, reason: 'these are the tests' },
  {
    command: /^npm run (lint|format|typecheck|build:action|check:[\w-]+)$/,
    reason: 'looks at this repository itself; a step of CI on its own',
  },
  {
    command: /^npm run (changeset|version-packages)$/,
    reason: 'asks questions, and changes what is released',
  },
  { command: /^npm publish\b/, reason: 'publishes' },
  { command: 'npm pack', reason: '`npm run check:package` packs it' },
  { command: /^npm run (goldens|mutate|bench)( -- .*)?$/, reason: LONG },
  { command: /^(npx )?keyspace-grader verify --mutate( sessions\/cantina)?$/, reason: LONG },
  { command: /^keyspace-grader verify --(engine local|image valkey\/valkey:8\.0)$/, reason: LONG },
  { command: 'bash .ci/run', reason: 'this is CI' },
  { command: /^(brew|dnf|apt|apt-get|sudo) /, reason: 'changes the machine' },
  { command: /^docker (build|pull)\b/, reason: 'fetches from a registry' },
  { command: /^kubectl /, reason: 'takes a cluster' },
  { command: /^gh /, reason: "takes somebody's account at GitHub" },
  { command: /^git update-index --chmod=\+x$/, reason: 'names no file: a command in passing' },
];
