import { printable } from '../../../base/text/printable.ts';
import type { Evidence } from '../../../evidence/evidence.ts';
import { lossInWords } from '../../../evidence/loss.ts';
import type { RunView } from '../../checks/run-view.ts';
import { isHandshake } from '../../checks/traced-command.ts';
import { adviceOn } from './advice.ts';
import type { Cause } from './cause.ts';
import { isUnanswered, noCommand, notConnected } from './connection.ts';
import { crashes } from './crash.ts';
import { nothingWritten } from './nothing-written.ts';
import { type Refusal, refusalsOf } from './refusals.ts';
import { refusedCauses } from './refused.ts';
import { stopped } from './stopped.ts';

/** What stood in the way of a script, as far as it can be told from a run. */
export interface Obstacles {
  /** What kept it from doing its work, what led to something else before that. */
  causes: Cause[];
  /** Commands that were answered with an error and may have been meant to be. */
  otherRefusals: readonly Refusal[];
  /** True where no command of the script did anything: no check had anything to look at. */
  nothingRan: boolean;
}

/** Works out from evidence what kept the script from doing its work in its main run. Pure. */
export function obstacles(evidence: Evidence, main: RunView): Obstacles {
  const { evidence: run } = main;
  const nothingRan = ranNothing(main);
  const only = (cause: Cause): Obstacles => ({ causes: [cause], otherRefusals: [], nothingRan });
  if (run.process.ended === 'not started') {
    const why = printable(run.process.stderr.text.trim()).slice(0, 200);
    return only({ kind: 'not started', text: `Your script did not run: ${why}` });
  }
  const unwritten = nothingRan ? nothingWritten(evidence) : undefined;
  if (unwritten) return only(unwritten);
  const refusals = refusalsOf(main);
  const broken = crashes(evidence, run, nothingRan && refusals.length === 0);
  const advice = adviceOn(evidence, run);
  const [crash] = broken;
  if (crash && advice.length > 0) crash.advice = advice.join(' ');
  const slips = crash ? [] : advice.map((text): Cause => ({ kind: 'slip', text }));
  const [mistakes, otherRefusals] = parted(refusals, broken);
  const isReached = !nothingRan || refusals.length > 0;
  const elsewhere =
    advice.length === 0 ? notConnected(evidence, run, { isReached, isAll: !crash }) : undefined;
  const stop = stopped(main);
  const causes = [
    ...slips,
    // What a client says that finds no server tells less than where it looked.
    ...broken.filter(
      ({ line, text }) =>
        !elsewhere || (line !== undefined && line !== elsewhere.line) || !isUnanswered(text),
    ),
    ...(elsewhere ? [elsewhere] : []),
    ...refusedCauses(mistakes),
    ...(stop ? [stop] : []),
    ...(run.lost === null ? [] : [{ kind: 'lost keyspace' as const, text: lossInWords(run.lost) }]),
    ...(isTransactionOpen(main) ? [OPEN_TRANSACTION] : []),
  ];
  if (causes.length === 0 && nothingRan && otherRefusals.length === 0)
    causes.push(noCommand(evidence, main.commands));
  return { causes, otherRefusals, nothingRan };
}

const OPEN_TRANSACTION: Cause = {
  kind: 'open transaction',
  text: 'A transaction was begun with MULTI, but not carried out: that takes an EXEC at its end.',
};

/** Commands that were written wrongly, and others; what ended the script has been told. */
function parted(refusals: readonly Refusal[], broken: readonly Cause[]): [Refusal[], Refusal[]] {
  const isTold = ({ words, name }: Refusal) =>
    broken.some(
      ({ text }) =>
        text.includes(`'${name}' command`) ||
        (words !== null && text.includes(words.replace(/^ERR /, '').slice(0, 60))),
    );
  const left = refusals.filter((refusal) => !isTold(refusal));
  return [left.filter(({ isMistake }) => isMistake), left.filter(({ isMistake }) => !isMistake)];
}

/** True where the server ran no command that can have done something. Of a command file, each is the learner's own. */
function ranNothing(main: RunView): boolean {
  const { replies } = main.evidence;
  const candidates =
    replies === null ? main.commands.filter((command) => !isHandshake(command)) : main.commands;
  return candidates.every((command) => main.failed(command));
}

/** True where the last MULTI was followed by no EXEC (nor given up): its commands only waited. */
function isTransactionOpen(main: RunView): boolean {
  return main.named(['MULTI', 'EXEC', 'DISCARD', 'RESET']).at(-1)?.name === 'MULTI';
}
