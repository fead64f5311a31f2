import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT_ROOT } from '../../../graders/harness/base/project.ts';
import { DEFAULT_IMAGE } from '../../../graders/harness/recording/engine/image.ts';
import { findLocalValkey } from '../../../graders/harness/recording/engine/local/find.ts';
import type { ClassRow, ClassRowId, ClassSizes } from './result.ts';
import { measureUsage } from './usage.ts';
import { CHALLENGE, type Workload } from './workload.ts';

const CLI = join(PROJECT_ROOT, 'bin', 'keyspace-grader.js');
const VITEST = join(PROJECT_ROOT, 'node_modules', 'vitest', 'vitest.mjs');
const NAIVE = fileURLToPath(new URL('../naive/vitest.config.ts', import.meta.url));

/** The parts of the benchmark of classes, each of which may be left out. */
export type ClassPart = 'local' | 'docker' | 'regrade';

/** Runs what is asked for, one after the other. `tell` is told what runs. */
export async function measureClass(
  parts: ReadonlySet<ClassPart>,
  sizes: ClassSizes,
  workload: Workload,
  tell: (what: string) => void,
): Promise<ClassRow[]> {
  const rows: ClassRow[] = [];
  const { small, large, docker, jobs } = sizes;
  const measure = async (id: ClassRowId, count: number, args: readonly string[], env = {}) => {
    tell(`${id}, ${count}`);
    rows.push({ id, count, ...(await measureUsage(args, env)) });
  };
  const grade = async (id: ClassRowId, count: number, testbed: readonly string[]) => {
    const where = ['--submissions', await workload.submissions(count), '--out', workload.out(id)];
    await measure(id, count, [CLI, 'batch', CHALLENGE, ...where, '--jobs', String(jobs), ...testbed]);
  };
  const local = ['--engine', 'local', '--sandbox', 'process'];
  if (parts.has('local')) {
    await measure('servers', small, inParallel(small, jobs, await startServer()));
    await grade('small', small, local);
    await grade('large', large, local);
  }
  if (parts.has('regrade')) {
    if (!parts.has('local')) await grade('large', large, local);
    const graders = await workload.otherGraders();
    await measure('regrade', large, [CLI, 'regrade', workload.out('large'), '--challenges', graders]);
  }
  if (parts.has('docker')) {
    await measure('engine', docker, inParallel(docker, jobs, START_CONTAINER));
    await grade('docker', docker, ['--engine', 'docker', '--sandbox', 'container']);
    await measure('naive', docker, [VITEST, 'run', '--config', NAIVE, 'class'], {
      BENCH_CLASS: await workload.submissions(docker),
      BENCH_IMAGE: DEFAULT_IMAGE,
      BENCH_JOBS: String(jobs),
    });
  }
  return rows;
}

/** A container as quick as the engine can make one: without a network, as those of the container sandbox. */
const START_CONTAINER = `id=$(docker run --detach --network none ${DEFAULT_IMAGE}) && docker rm --force --volumes "$id"`;

/** A server, until it says that it is ready, and its end. */
async function startServer(): Promise<string> {
  const { server } = await findLocalValkey(() => undefined);
  const start = `"${server}" --port 0 --unixsocket "$d/s" --save "" --dir "$d" --daemonize no`;
  return `d=$(mktemp -d) && { { ${start} & echo $! >"$d/pid"; } | grep -q "Ready to accept"; kill -9 $(cat "$d/pid"); rm -r "$d"; }`;
}

/** Node's arguments to do something in a shell so many times, so many at a time. */
function inParallel(count: number, jobs: number, command: string): string[] {
  const all = `seq ${count} | xargs -P ${jobs} -I{} bash -c '${command}' >/dev/null`;
  const program = `const { status } = require('node:child_process').spawnSync('bash', ['-c', process.argv[1]], { stdio: 'inherit' }); process.exitCode = status ?? 1;`;
  return ['--eval', program, all];
}
