import { nearest } from '../../base/text/nearest.ts';
import { firstKeyOf } from '../words/command-words.ts';
import { READING, useOf } from '../words/reading-commands.ts';
import type { AskedCommand } from './asked.ts';
import { type Distance, distanceTo } from './command-distance.ts';
import { type CommandPatterns, matchesCommand, patternNames } from './command-pattern.ts';
import { isMisspelt } from './misspelt.ts';
import type { RunView } from './run-view.ts';
import type { TracedCommand } from './traced-command.ts';

/** How many near misses are shown at most: they are all as near. */
const SHOWN = 3;

/** So many commands are compared: those of a long loop are alike. */
const COMPARED = 1_000;

/** So many refused commands are looked at for mistyped names, and so long ones. */
const MISTYPED = 50;
const LONGEST_NAME = 30;

/** A command that most likely was to be one of those that are meant. */
export interface NearMiss extends Pick<Distance, 'missedKey'> {
  command: TracedCommand;
  /** True if it is what another check asks for. */
  isElsewhere: boolean;
}

/**
 * The commands of the wanted names that come nearest to those that are meant, in the order in which they were sent: the
 * ones that the server refused before those that it ran, what serves no other check before what does, the right key
 * before another one, and few wrong arguments before many. Only those that are as near as the nearest.
 *
 * @param own All commands that the check asks for: what serves these serves no other check.
 */
export function nearMisses(
  run: RunView,
  patterns: CommandPatterns,
  own: readonly CommandPatterns[],
  isCandidate: (command: TracedCommand) => boolean = () => true,
): NearMiss[] {
  const candidates = sentWith(run, patternNames(patterns)).filter(isCandidate);
  return nearestOf(run, patterns, candidates, own);
}

/**
 * Of a command that should read a key, the same of those of other names that read this key. None of a command that
 * should do something else: what writes a key in another way is most often another step.
 */
export function substitutes(
  run: RunView,
  patterns: CommandPatterns,
  own: readonly CommandPatterns[],
): NearMiss[] {
  const key = firstKeyOf(patterns);
  if (key === undefined || useOf([...patternNames(patterns)]) !== 'reads') return [];
  const reads = run.ownCommands.filter(
    (command) => command.args.includes(key) && useOf([command.name]) === 'reads',
  );
  return nearestOf(run, patterns, reads, own).filter(
    ({ missedKey, isElsewhere }) => !missedKey && !isElsewhere,
  );
}

/**
 * The commands of some names that were sent, with those that the server refused to run at all; it may have known none
 * of such a name.
 */
export function sentWith(run: RunView, names: ReadonlySet<string>): readonly TracedCommand[] {
  const ran = run.named(names);
  const refused = run.neverRun.filter(
    (command, index) => names.has(command.name) || (index < MISTYPED && isMistyped(run, command, names)),
  );
  if (refused.length === 0) return ran;
  return [...ran, ...refused].sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
}

/** `HGETAL` is meant to be HGETALL, though HGET is not far. */
function isMistyped(run: RunView, command: TracedCommand, names: ReadonlySet<string>): boolean {
  if (command.name.length > LONGEST_NAME) return false;
  if (run.refusal(command)?.startsWith('ERR unknown command') !== true) return false;
  const asked = run.asked.commands.flatMap(({ patterns }) => [...patternNames(patterns)]);
  const meant = nearest(command.name, [...names, ...asked, ...READING]);
  return meant !== undefined && names.has(meant);
}

function nearestOf(
  run: RunView,
  patterns: CommandPatterns,
  candidates: readonly TracedCommand[],
  own: readonly CommandPatterns[],
): NearMiss[] {
  const distanceOf = distanceTo(patterns);
  const others = askedByOthers(run, own);
  const taken = takenByOthers(run, own);
  // On another key, all that another check may have asked for is as it should be.
  const serves = (command: TracedCommand) => others.some(({ patterns }) => matchesCommand(patterns, command));
  const ranked = candidates.slice(0, COMPARED).map((command) => {
    const { missedKey, unmet } = distanceOf(command);
    const isRefused = run.failed(command);
    const isElsewhere = !isRefused && (missedKey ? serves(command) : taken.has(command));
    const rank = [Number(!isRefused), Number(isElsewhere), strangeness(missedKey), unmet];
    return { command, missedKey, isElsewhere, rank };
  });
  const best = ranked.reduce<readonly number[]>(
    (least, { rank }) => (least.length === 0 || compareRanks(rank, least) < 0 ? rank : least),
    [],
  );
  return ranked.filter(({ rank }) => compareRanks(rank, best) === 0).slice(0, SHOWN);
}

/**
 * The command that each other check asks for: those that match it, too, it can do without.
 */
export function takenByOthers(
  run: RunView,
  own: readonly CommandPatterns[],
): ReadonlySet<TracedCommand | undefined> {
  return new Set(
    askedByOthers(run, own).map(({ patterns, isLate }) => run.matching(patterns).at(isLate ? -1 : 0)),
  );
}

/** A check that asks for no key in particular is met by the way. */
function askedByOthers(run: RunView, own: readonly CommandPatterns[]): readonly AskedCommand[] {
  return run.asked.commands.filter(
    ({ patterns }) => !own.includes(patterns) && firstKeyOf(patterns) !== undefined,
  );
}

/** A misspelt key is nearer than another one. */
function strangeness(missedKey: NearMiss['missedKey']): number {
  if (!missedKey) return 0;
  return missedKey.found !== null && isMisspelt(missedKey.wanted, missedKey.found) ? 1 : 2;
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  const place = one.findIndex((rank, index) => rank !== other[index]);
  return place === -1 ? 0 : (one[place] ?? 0) - (other[place] ?? 0);
}
