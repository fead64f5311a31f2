import { textOf } from '../../base/bytes.ts';
import { shortList } from '../../base/text/count.ts';
import { editDistance } from '../../base/text/nearest.ts';
import { showArgument } from '../../base/text/printable.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { isMisspelt } from './misspelt.ts';
import { keyName, type RunView } from './run-view.ts';

/**
 * Behind what is missing, the name that the learner most likely gave it: `; yours is called sesion:han_solo`. Empty if
 * there is none: of keys, those that the script wrote and the challenge does not ask for, be they gone in the end.
 */
export function misspeltKey(run: RunView, wanted: string, db = 0): string {
  const atEnd = run.keysAfter.flatMap((placed) =>
    placed.db === db && !run.isOfSetup(placed) ? (keyName(placed.key) ?? []) : [],
  );
  const written = [...run.history.changedKeys(db).keys()].filter(
    (name) => run.keyBefore(name, db) === undefined && run.keyOfMainSetup(name, db) === undefined,
  );
  return yours(run, wanted, [...atEnd, ...written]);
}

/** The same of a field that a hash lacks. */
export function misspeltField(
  run: RunView,
  wanted: string,
  hash: Extract<KeySnapshot, { type: 'hash' }>,
  before: KeySnapshot | undefined,
): string {
  const old = new Set(before?.type === 'hash' ? before.fields.map(({ field }) => textOf(field)) : []);
  const names = hash.fields.flatMap(({ field }) => textOf(field) ?? []);
  return yours(
    run,
    wanted,
    names.filter((name) => !old.has(name)),
  );
}

/** The same of a name that a command has in the place of the wanted one. */
export function misspeltAs(run: RunView, wanted: string, found: string): string {
  return yours(run, wanted, [found]);
}

/**
 * The same of several keys whose names were to begin so: those that begin nearly so, and are neither of the set-up nor
 * asked for.
 */
export function similarKeys(run: RunView, start: string, db: number): string {
  if (start.length < SHORTEST_START) return '';
  const similar = run.keysAfter
    .slice(0, MOST)
    .flatMap((placed) => (placed.db === db && !run.isOfSetup(placed) ? (keyName(placed.key) ?? []) : []))
    .filter((name) => !run.asked.names.has(name) && !name.startsWith(start) && beginsNearly(name, start));
  if (similar.length === 0) return '';
  const names = shortList(
    similar.map((name) => showArgument(name)),
    3,
  );
  return `; yours ${similar.length === 1 ? 'is' : 'are'} called ${names}`;
}

/** A beginning that is shorter than this begins too many names. */
const SHORTEST_START = 3;

function beginsNearly(name: string, start: string): boolean {
  return [0, 1, -1, 2, -2].some((more) => isMisspelt(start, name.slice(0, start.length + more)));
}

/** So many names are looked at. */
const MOST = 2_000;

function yours(run: RunView, wanted: string, candidates: readonly string[]): string {
  const name = candidates
    .slice(0, MOST)
    .filter((candidate) => !run.asked.names.has(candidate) && isMisspelt(wanted, candidate))
    .sort((one, other) => editDistance(wanted, one) - editDistance(wanted, other))[0];
  return name === undefined ? '' : `; yours is called ${showArgument(name)}`;
}

const SENTENCE = /; yours is called (?:"(?:[^"\\]|\\.)*"|\S+)/g;

/** Texts of one report, in order, in which each such sentence stands once: a slip is one, whatever it costs. */
export function tellOnce(texts: readonly string[]): string[] {
  const told = new Set<string>();
  return texts.map((text) =>
    text.replace(SENTENCE, (sentence) => {
      if (told.has(sentence)) return '';
      told.add(sentence);
      return sentence;
    }),
  );
}
