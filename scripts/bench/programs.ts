import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT_ROOT } from '../../graders/harness/base/project.ts';
import { SHIPPED } from '../../graders/harness/challenges/collection/collection.ts';
import { DEFAULT_IMAGE } from '../../graders/harness/recording/engine/image.ts';

/** A program whose time is measured from its start to its end. */
export interface Program {
  name: string;
  command: readonly [string, ...string[]];
  env?: Record<string, string>;
  /** True where it needs a Docker engine. */
  docker: boolean;
}

const CHALLENGE = 'sessions/cantina';
const SUBMISSION = join(SHIPPED.fixtures, CHALLENGE, 'pass', 'workshop.valkey');
const NAIVE = fileURLToPath(new URL('naive/vitest.config.ts', import.meta.url));

/** A container, the submission in it, three looks at what it left, and the container's end. */
const BY_HAND = `
set -e
id=$(docker run --detach ${DEFAULT_IMAGE})
until docker exec "$id" valkey-cli ping >/dev/null 2>&1; do sleep 0.01; done
docker exec --interactive "$id" valkey-cli <"$0"
docker exec "$id" sh -c 'valkey-cli HGETALL session:han_solo; valkey-cli TTL session:han_solo; valkey-cli KEYS "*"'
docker rm --force --volumes "$id"
`;

function tool(...args: string[]): [string, ...string[]] {
  return [process.execPath, join(PROJECT_ROOT, 'bin', 'keyspace-grader.js'), ...args];
}

/** All that is measured, by the name under which ratios refer to it. */
export const PROGRAMS = {
  bare: { name: 'node -e 0', command: [process.execPath, '-e', '0'], docker: false },
  help: { name: 'keyspace-grader --help', command: tool('--help'), docker: false },
  list: { name: 'keyspace-grader list', command: tool('list'), docker: false },
  local: {
    name: 'grade, local engine',
    command: tool('grade', CHALLENGE, SUBMISSION, '--engine', 'local', '--quiet'),
    docker: false,
  },
  docker: {
    name: 'grade, docker engine',
    command: tool('grade', CHALLENGE, SUBMISSION, '--engine', 'docker', '--quiet'),
    docker: true,
  },
  byHand: { name: 'docker run, exec, rm', command: ['bash', '-c', BY_HAND, SUBMISSION], docker: true },
  naive: {
    name: 'vitest + testcontainers',
    command: [
      process.execPath,
      join(PROJECT_ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--config',
      NAIVE,
      'cantina',
    ],
    env: { BENCH_SUBMISSION: SUBMISSION, BENCH_IMAGE: DEFAULT_IMAGE },
    docker: true,
  },
} as const satisfies Record<string, Program>;

export type ProgramId = keyof typeof PROGRAMS;

/** What is compared. `atMost` is the target. */
export const RATIOS: readonly { of: ProgramId; to: ProgramId; atMost: number }[] = [
  { of: 'help', to: 'bare', atMost: 1.5 },
  { of: 'list', to: 'bare', atMost: 2 },
  { of: 'local', to: 'naive', atMost: 0.15 },
  { of: 'docker', to: 'naive', atMost: 0.45 },
  { of: 'docker', to: 'byHand', atMost: 1.5 },
];
