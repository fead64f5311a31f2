import { count } from '../../base/text/count.ts';
import { type CommandPatterns, matchesCommand, patternNames } from './command-pattern.ts';
import { notesOn } from './effects.ts';
import type { Failure } from './finding.ts';
import { misspeltAs } from './misspelling.ts';
import { type NearMiss, nearMisses, sentWith, substitutes, takenByOthers } from './near-misses.ts';
import { noneRan } from './none-ran.ts';
import { missedBy, type Place } from './place.ts';
import type { RunView } from './run-view.ts';
import type { TracedCommand } from './traced-command.ts';

/** The commands that ran, as far as they count, and as far as they ran when they should. */
interface Counted {
  ran: readonly TracedCommand[];
  inPlace: number;
  /** True for a command that ran when it should. */
  isInPlace(command: TracedCommand): boolean;
  /** What they must run before or after; undefined if there is none, or if it never ran. */
  marker: TracedCommand | undefined;
  place: Place;
  /** All commands that the check asks for. */
  own: readonly CommandPatterns[];
}

/** What ran in place of the commands that are meant, and the lines that are to blame. */
export function describeRan(
  run: RunView,
  patterns: CommandPatterns,
  counted: Counted,
): Pick<Failure, 'actual' | 'commands'> {
  const { ran, inPlace, marker, place, own } = counted;
  if (inPlace > 0) return { actual: `it ran ${count(inPlace, 'time')}`, commands: notesOn(run, ran) };
  if (ran.length > 0) {
    const near = nearInPlace(run, patterns, counted);
    const [first] = near;
    if (first) return describeMisses(run, first, near);
    const around = marker ? [...ran, marker].sort((a, b) => a.index - b.index) : ran;
    return { actual: 'it ran, but not at that point', commands: notesOn(run, around) };
  }
  const names = patternNames(patterns);
  const vain = sentWith(run, names).filter((command) => matchesCommand(patterns, command));
  if (vain.length > 0) return { actual: inVain(run, vain, place), commands: notesOn(run, vain) };
  const near = nearMisses(run, patterns, own);
  const [first] = near;
  // What other checks ask for, on other keys, is nothing to point at.
  if (first && !(first.isElsewhere && first.missedKey)) return describeMisses(run, first, near);
  const others = substitutes(run, patterns, own);
  return {
    actual: first ? `${first.command.name} ran, but only for other steps` : noneRan(run, names),
    ...(others.length > 0 && { commands: notesOn(run, others.map(commandOf)) }),
  };
}

/**
 * If all that ran at another time is what other checks ask for: what ran in its time, and is nearly what was meant.
 */
function nearInPlace(run: RunView, patterns: CommandPatterns, { ran, isInPlace, own }: Counted): NearMiss[] {
  const taken = takenByOthers(run, own);
  if (!ran.every((command) => taken.has(command))) return [];
  const near = nearMisses(run, patterns, own, isInPlace);
  return near.filter(({ missedKey, isElsewhere }) => !missedKey && !isElsewhere);
}

function describeMisses(
  run: RunView,
  first: NearMiss,
  all: readonly NearMiss[],
): Pick<Failure, 'actual' | 'commands'> {
  return { actual: missed(run, first), commands: notesOn(run, all.map(commandOf)) };
}

function commandOf({ command }: NearMiss): TracedCommand {
  return command;
}

function missed(run: RunView, { command, missedKey }: NearMiss): string {
  const refusal = run.refusal(command);
  if (refusal !== undefined) return `the server refused ${command.name}: ${refusal}`;
  if (!missedKey) return `${command.name} ran, but not with these arguments`;
  const { wanted, found } = missedKey;
  return `${command.name} ran, but not for this key${found === null ? '' : misspeltAs(run, wanted, found)}`;
}

function inVain(run: RunView, vain: readonly TracedCommand[], place: Place): string {
  const accepted = vain.filter((command) => !run.failed(command));
  if (accepted.length === 0) {
    const refusal = vain.map((command) => run.refusal(command)).find((text) => text !== undefined);
    return refusal === undefined ? 'the server refused it' : `the server refused it: ${refusal}`;
  }
  const missed = accepted
    .filter((command) => !run.cameToNothing(command))
    .flatMap((command) => missedBy(run, command, place) ?? [])
    .at(-1);
  return `it ran, but ${missed ?? 'came to nothing: what it asked for was not there'}`;
}
