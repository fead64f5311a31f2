import { textOf } from '../../base/bytes.ts';
import { effectOn } from './effects.ts';
import { requireInTrace } from './require-in-trace.ts';
import { fieldText, type RunView } from './run-view.ts';
import { aboutKey } from './trace-questions.ts';
import type { TracedCommand } from './traced-command.ts';

/**
 * What a hash field held before the script did its work. In a variant this is the variant's own set-up,
 * unless the script ran the challenge's set-up itself: then it began from that, and must not lose by it.
 * Who writes the same value by chance, as the outcome of the work, has not begun anew: nothing follows it.
 */
export function initialField(run: RunView, key: string, field: string, db = 0): string | undefined {
  const before = fieldText(run.keyBefore(key, db), field);
  if (run.main === run.evidence) return before;
  const fromMain = fieldText(run.keyOfMainSetup(key, db), field);
  const resets = (command: TracedCommand) => writtenField(command, key, field) === fromMain;
  return fromMain !== undefined && beginsAnew(run, key, resets) ? fromMain : before;
}

/** What a string held before the script did its work; see {@link initialField}. */
export function initialString(run: RunView, key: string, db = 0): string | undefined {
  const fromMain = stringText(run, key, db, true);
  const resets = (command: TracedCommand) => writtenString(command, key) === fromMain;
  return fromMain !== undefined && beginsAnew(run, key, resets) ? fromMain : stringText(run, key, db, false);
}

function beginsAnew(run: RunView, key: string, resets: (command: TracedCommand) => boolean): boolean {
  requireInTrace(run, aboutKey(key));
  const first = run.commands.find(resets);
  return first !== undefined && run.commands.slice(first.index + 1).some((later) => effectOn(key, later));
}

/** The value that a command gives a hash field; HSETNX is no way to run a set-up again. */
function writtenField({ name, args }: TracedCommand, key: string, field: string): string | null | undefined {
  if ((name !== 'HSET' && name !== 'HMSET') || args[0] !== key) return undefined;
  const at = args.findLastIndex((arg, index) => index % 2 === 1 && arg === field);
  return at === -1 ? undefined : args[at + 1];
}

/** The value that a command gives a string, whatever was there before. */
function writtenString({ name, args }: TracedCommand, key: string): string | null | undefined {
  if (name === 'MSET') {
    const at = args.findLastIndex((arg, index) => index % 2 === 0 && arg === key);
    return at === -1 ? undefined : args[at + 1];
  }
  if (args[0] !== key) return undefined;
  if (name === 'SETEX' || name === 'PSETEX') return args[2];
  if (name === 'GETSET') return args[1];
  const onlyIf = args.slice(2).some((arg) => /^(?:NX|XX|IFEQ)$/i.test(arg ?? ''));
  return name === 'SET' && !onlyIf ? args[1] : undefined;
}

function stringText(run: RunView, key: string, db: number, main: boolean): string | undefined {
  const found = main ? run.keyOfMainSetup(key, db) : run.keyBefore(key, db);
  return found?.type === 'string' ? textOf(found.value) : undefined;
}
