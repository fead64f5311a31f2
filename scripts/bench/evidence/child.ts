// Measures one recording of evidence in a process of its own, and prints how long it took and how much memory
// this process ever held: `child.ts <case> <divisor>`.

import type { Keyspace, Trace } from '../../../graders/harness/evidence/evidence.ts';
import { aboutCommands, aboutKey } from '../../../graders/harness/judging/checks/trace-questions.ts';
import { LocalEngine } from '../../../graders/harness/recording/engine/local/engine.ts';
import { GraderSession } from '../../../graders/harness/recording/observe/grader-session.ts';
import { takeSnapshot } from '../../../graders/harness/recording/observe/snapshot.ts';
import { TraceRecorder } from '../../../graders/harness/recording/observe/trace-recorder.ts';
import { CommandConnection } from '../../../graders/harness/valkey/client/command-connection.ts';
import { COMMANDS, type EvidenceCase, KEYS } from './result.ts';

/** What a case came to: null where all that was to be found is there. */
type Complaint = string | null;

/** Keys of all types, by as many. */
const FILL = `local c = server.call
for i = 0, ARGV[1] - 1, 8 do
  c('SET', 's:' .. i, 'value ' .. i)
  c('SET', 't:' .. i, i, 'EX', 3600)
  c('HSET', 'h:' .. i, 'name', 'n' .. i, 'credits', i)
  c('HSET', 'g:' .. i, 'f', i)
  c('SADD', 'm:' .. i, 'a', 'b' .. i)
  c('ZADD', 'z:' .. i, i, 'm' .. i, 2, 'x')
  c('RPUSH', 'l:' .. i, 'one', 'two' .. i)
  c('XADD', 'x:' .. i, '1-1', 'f', 'v')
end`;

const [which, divisor] = process.argv.slice(2);
const keys = KEYS / Number(divisor);
const commands = COMMANDS / Number(divisor);
const running = await (await LocalEngine.prepare(() => undefined)).start();
const session = await GraderSession.open(running.address);
try {
  const measured = await measure(which as EvidenceCase);
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ ...measured, peakMiB })}\n`);
} finally {
  session.close();
  await running.stop();
}

async function measure(one: EvidenceCase): Promise<{ seconds: number; complaint: Complaint }> {
  if (one === 'snapshot') {
    await session.call('EVAL', FILL, '0', String(keys));
    return timed(() => takeSnapshot(session), lacksKeys);
  }
  const loop = one === 'loop' ? "c('INCR', 'mine')" : "c('SET', 'k' .. i, i)";
  return timed(() => traceOf(loop), one === 'loop' ? lacksAnswers : lacksOdd);
}

async function timed<T>(work: () => Promise<T>, judge: (result: T) => Complaint) {
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  return { seconds, complaint: judge(result) };
}

function lacksKeys({ databases: [database] }: Keyspace): Complaint {
  return database?.keys.length === keys ? null : `${database?.keys.length} keys are listed`;
}

/** A trace of many commands that a script runs, and of one in their midst that checks ask for. */
async function traceOf(loop: string): Promise<Trace> {
  const questions = [aboutKey('mine'), aboutKey('odd'), aboutCommands({ command: 'KEYS' })];
  const recorder = await TraceRecorder.start(running.address, session, questions);
  const { host, port } = running.address;
  const learner = await CommandConnection.open({ host, port });
  const half = `local c = server.call for i = 1, ${commands / 2} do ${loop} end`;
  for (const words of [
    ['EVAL', half, '0'],
    ['HSET', 'odd', 'f', 'v'],
    ['KEYS', 'none'],
    ['EVAL', half, '0'],
  ])
    await learner.send(words.map((word) => Buffer.from(word)));
  learner.close();
  return recorder.finish(session);
}

function lacksOdd({ entries, total }: Trace): Complaint {
  const found = entries.filter(({ args }) => args[1] === 'odd' || args[0] === 'KEYS').length;
  return total === commands + 4 && found === 2 ? null : `${found} of 2 are kept, of ${total}`;
}

function lacksAnswers(trace: Trace): Complaint {
  const known = trace.leftOut?.asked['key mine'];
  return lacksOdd(trace) ?? (known === 'repeats' ? null : `of the loop is known: ${known}`);
}
