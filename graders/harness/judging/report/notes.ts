import { count, shortList } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import { commandNameOf } from '../../evidence/command-name.ts';
import type { LeftBehind, RunEvidence, Trace } from '../../evidence/evidence.ts';
import type { Obstacles } from './cause/causes.ts';
import type { Refusal } from './cause/refusals.ts';
import { shownReplyNotes } from './shown-replies.ts';

/** Refusals that are told one by one. */
const REFUSALS = 3;

/** What a learner should know of the main run beside the checks, and beside what kept the script from its work. */
export function notesOn(run: RunEvidence, { otherRefusals }: Pick<Obstacles, 'otherRefusals'>): string[] {
  const { process, trace } = run;
  const notes = [...shownReplyNotes(run), ...refusalNotes(otherRefusals)];
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

function refusalNotes(refusals: readonly Refusal[]): string[] {
  const placed = refusals.filter(({ line, words }) => line !== null && words !== null);
  const others = refusals.filter((refusal) => !placed.includes(refusal));
  const notes = placed
    .slice(0, REFUSALS)
    .map(({ line, words }) => `Line ${line} was answered with an error: ${words}`);
  const more = placed.length - notes.length;
  if (more > 0)
    notes.push(`${count(more, 'more command was', 'more commands were')} answered with an error.`);
  if (others.length > 0) {
    const names = shortList(others.map(({ times, name }) => `${times} × ${commandNameOf(name)}`));
    notes.push(`The server refused ${names}: a command that it answers with an error does nothing.`);
  }
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

const WHY: Readonly<Record<LeftBehind['first'][number]['why'], string>> = {
  'too large': 'too large',
  name: 'its name is not UTF-8',
  path: 'its path is too long',
  unreadable: 'it cannot be read',
};

/** What a learner should know of what lay beside the script and was not there when it ran. */
export function leftBehindNotes(leftBehind: LeftBehind | undefined): string[] {
  if (leftBehind === undefined) return [];
  const named = leftBehind.first.map(({ path, why }) => `${printable(path)} (${WHY[why]})`);
  return [
    `Not everything beside your script was copied with it. Left out: ${shortList(named, 3, leftBehind.total)}. If your script needs any of it, put both in a folder of their own.`,
  ];
}
