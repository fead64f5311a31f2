// `npm run bench [-- --rounds N] [--json]`: what the tool costs beside what one would do without it. All
// times are of one run, so that the ratios hold on any machine. Exit code 1 where a target is missed.
import { parseArgs } from 'node:util';
import { dockerAnswers } from '../engine/docker/ping.ts';
import { measure, time } from './measure.ts';
import { PROGRAMS, type Program, type ProgramId } from './programs.ts';
import { resultTable, summarise } from './result.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, json: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number from 1');

const docker = await dockerAnswers();
const withoutReaper = docker && !(await reaperStarts());
if (withoutReaper) process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';

const ids = (Object.keys(PROGRAMS) as ProgramId[]).filter((id) => docker || !PROGRAMS[id].docker);
const programs = ids.map((id): Program => PROGRAMS[id]);
const times = await measure(programs, rounds, tell);
const result = summarise(new Map(ids.map((id, index) => [id, times[index] ?? []])), rounds, withoutReaper);
process.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : resultTable(result));
if (result.ratios.some(({ met }) => met === false)) process.exitCode = 1;

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

function tell(round: number): void {
  if (process.stderr.isTTY)
    process.stderr.write(round < rounds ? `\rround ${round} of ${rounds} ` : '\r\u001b[K');
}
