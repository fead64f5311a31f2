import { count, shortList } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import type { Evidence, ProcessEvidence, Trace } from '../../evidence/evidence.ts';
import { lossInWords } from '../../evidence/loss.ts';
import type { RunView } from '../checks/run-view.ts';
import { isHandshake } from '../checks/traced-command.ts';
import { adviceOn } from './advice.ts';
import { noCommandsNote, wrongPortNote } from './connection-notes.ts';
import { refusedNote } from './refused-note.ts';
import { shownReplyNotes } from './shown-replies.ts';

/** What a learner should know of the main run (undefined for none) beside the checks. */
export function notesOn(evidence: Evidence, main: RunView | undefined): string[] {
  if (!main) return [];
  const { evidence: run } = main;
  const { process, trace, denied, replies } = run;
  const notes: string[] = [];
  if (run.lost) notes.push(lossInWords(run.lost));
  const stop = stopInWords(process);
  if (stop) notes.push(`${stop}, so it was stopped. What it had done by then was graded.`);
  if (process.ended === 'not started') {
    return [...notes, `Your script did not run: ${printable(process.stderr.text.trim()).slice(0, 200)}`];
  }
  if (process.ended === 'exited' && process.exitCode !== 0) notes.push(endingNote(process));
  const advice = adviceOn(evidence, run);
  notes.push(...advice);
  const reached = main.commands.some((command) => !isHandshake(command));
  // Where it broke before it could, that is told already.
  const connection = reached ? wrongPortNote(evidence, run) : noCommandsNote(evidence, run);
  if (connection !== null && advice.length === 0) notes.push(connection);
  if (transactionLeftOpen(main)) {
    notes.push('A transaction was begun with MULTI, but not carried out: that takes an EXEC at its end.');
  }
  const errors = replies?.filter(({ error }) => error) ?? [];
  for (const { line, reply } of errors.slice(0, 3))
    notes.push(`Line ${line} was answered with an error: ${printable(reply.replace(/^\(error\) /, ''))}`);
  if (errors.length > 3)
    notes.push(
      `${count(errors.length - 3, 'more command was', 'more commands were')} answered with an error.`,
    );
  if (denied.length > 0 && replies === null) {
    const names = shortList(denied.map(({ command }) => printable(command.replace('|', ' ').toUpperCase())));
    notes.push(
      `The server denied ${names}: commands that administer the server are not part of any challenge.`,
    );
  }
  notes.push(...shownReplyNotes(run));
  const refused = refusedNote(run);
  if (refused !== undefined) notes.push(refused);
  for (const stream of ['stdout', 'stderr'] as const) {
    const { cut, bytes } = process[stream];
    if (cut)
      notes.push(
        `Your script wrote ${count(bytes, 'byte')} to ${stream}: only the first and the last of them were kept.`,
      );
  }
  if (trace.total > trace.entries.length) notes.push(leftOutNote(trace));
  return notes;
}

/** What of a long trace was looked at. */
function leftOutNote({ entries, total, leftOut }: Trace): string {
  const ran = `Your script ran ${total} commands`;
  if (!leftOut) return `${ran}: the first and the last ${entries.length} of them were looked at.`;
  const matter = Object.values(leftOut.asked).includes('ends')
    ? 'not all that matter to this challenge are'
    : 'all that matter to this challenge are';
  return `${ran}: ${entries.length} of them were kept, and ${matter} among these.`;
}

/** Why a script was stopped, in words; undefined where it was not. */
function stopInWords({ ended, timeLimitMs }: ProcessEvidence): string | undefined {
  if (ended === 'timed out') return `Your script was still running after ${timeLimitMs / 1000} s`;
  if (ended === 'out of memory') return 'Your script used more memory than it is given';
  return ended === 'too many processes' ? 'Your script started too many processes' : undefined;
}

/** True where the last MULTI was followed by no EXEC (nor given up): its commands only waited. */
function transactionLeftOpen(main: RunView): boolean {
  return main.named(['MULTI', 'EXEC', 'DISCARD', 'RESET']).at(-1)?.name === 'MULTI';
}

/** A script that ends badly may still have done its work: it is told, and costs no points by itself. */
function endingNote({ exitCode, signal, stderr }: ProcessEvidence): string {
  const end = signal ? `was ended by signal ${signal}` : `ended with exit code ${exitCode}`;
  const lines = stderr.text.split('\n').filter((line) => line.trim() !== '');
  // Python names the error last, Node above its stack.
  const complaint = lines.findLast((line) => /^[\w.]*(?:Error|Exception)\b/.test(line)) ?? lines.at(-1);
  return `Your script ${end}${complaint === undefined ? '' : `: ${printable(complaint).slice(0, 200)}`}`;
}
