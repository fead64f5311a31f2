// `npm run bench [-- --json]`: what the tool costs beside what one would do without it. All figures are of one
// run, so that ratios hold on any machine. Exit code 1 where a target is missed. Parts, by --only:
//   single   one submission, and commands that grade none; --rounds N
//   local    a small and a large class on the local engine; --small N, --large N
//   regrade  the large class judged again
//   docker   a class on Docker, beside the engine's own limit and a naive grader; --docker N
//   evidence large keyspaces and long traces: seconds and memory
//   judging  evidences a second, for each grader of a mission
//   replay   what running the commands of a submission once more adds, and how long that takes for many
// --jobs N: how many of a class are graded at a time.
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { OWNER_LABEL } from '../../graders/harness/recording/engine/docker/owner-label.ts';
import { dockerAnswers } from '../../graders/harness/recording/engine/docker/ping.ts';
import { type ClassPart, measureClass } from './class/measure-class.ts';
import { classTable, summariseClass } from './class/result.ts';
import { makeWorkload } from './class/workload.ts';
import { measureEvidence } from './evidence/measure-evidence.ts';
import { evidenceTable } from './evidence/result.ts';
import { measureJudging } from './judging/measure-judging.ts';
import { judgingTable, summariseJudging } from './judging/result.ts';
import { measure, time } from './measure.ts';
import { PROGRAMS, type Program, type ProgramId } from './programs.ts';
import { measureReplay } from './replay/measure-replay.ts';
import { replayTable } from './replay/result.ts';
import { resultTable, summarise } from './result.ts';

const PARTS = ['single', 'local', 'regrade', 'docker', 'evidence', 'judging', 'replay'];
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: PARTS.join(',') },
    rounds: { type: 'string', default: '7' },
    small: { type: 'string', default: '100' },
    large: { type: 'string', default: '1000' },
    docker: { type: 'string', default: '100' },
    jobs: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
});
const parts = new Set(values.only.split(','));
for (const part of parts)
  if (!PARTS.includes(part)) throw new Error(`--only takes ${PARTS.join(', ')}, and no ${part}`);

const hasDocker = await dockerAnswers();
const needsReaper = hasDocker && (parts.has('single') || parts.has('docker'));
const withoutReaper = needsReaper && !(await reaperStarts());
if (withoutReaper) process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';

const single = parts.has('single') ? await benchSingle(wholeNumber('rounds')) : null;
const classes = await benchClasses();
const evidence = parts.has('evidence') ? await measureEvidence(tell) : null;
const judging = parts.has('judging') ? summariseJudging(await measureJudging(tell)) : null;
const replay = parts.has('replay') ? await measureReplay(tell) : null;
tell('');
if (values.json) {
  const result = { node: process.version, ...single, classes, evidence, judging, replay };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
} else {
  const tables = [
    single && resultTable(single),
    classes && classTable(classes),
    evidence && evidenceTable(evidence),
    judging && judgingTable(judging),
    replay && replayTable(replay),
  ];
  process.stdout.write(tables.filter(Boolean).join('\n'));
}
const verdicts = [
  ...(single?.ratios ?? []),
  ...(classes?.targets ?? []),
  ...(evidence ?? []),
  ...(judging?.rows ?? []),
  ...(replay ?? []),
];
if (verdicts.some(({ met }) => met === false)) process.exitCode = 1;

async function benchSingle(rounds: number) {
  const ids = (Object.keys(PROGRAMS) as ProgramId[]).filter((id) => hasDocker || !PROGRAMS[id].docker);
  const programs = ids.map((id): Program => PROGRAMS[id]);
  const times = await measure(
    programs,
    rounds,
    (round) => tell(round < rounds ? `round ${round} of ${rounds}` : ''),
    untilContainersAreGone,
  );
  return summarise(new Map(ids.map((id, index) => [id, times[index] ?? []])), rounds, withoutReaper);
}

async function benchClasses() {
  const asked = ['local', 'regrade', ...(hasDocker ? ['docker'] : [])].filter((part) => parts.has(part));
  if (asked.length === 0) return null;
  const sizes = {
    small: wholeNumber('small'),
    large: wholeNumber('large'),
    docker: wholeNumber('docker'),
    jobs: wholeNumber('jobs'),
  };
  const workload = await makeWorkload();
  try {
    const rows = await measureClass(new Set(asked as ClassPart[]), sizes, workload, tell);
    return summariseClass(rows, sizes);
  } finally {
    tell('');
    await workload.remove();
  }
}

/** A grading leaves it to Docker to finish the removal of its container. */
async function untilContainersAreGone({ docker }: Program): Promise<void> {
  while (
    docker &&
    execFileSync('docker', ['ps', '--all', '--quiet', '--filter', `label=${OWNER_LABEL}`]).length
  )
    await sleep(20);
}

function wholeNumber(name: 'rounds' | 'small' | 'large' | 'docker' | 'jobs'): number {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1`);
  return value;
}

/** False where the image of testcontainers' reaper is not there and cannot be pulled. */
async function reaperStarts(): Promise<boolean> {
  try {
    await time(PROGRAMS.naive);
    return true;
  } catch (error) {
    if (process.env.DEBUG) console.error(error);
    return false;
  }
}

function tell(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what}`);
}
