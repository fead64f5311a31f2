import { textOf } from '../evidence/bytes.ts';
import { fieldText, type RunView } from './run-view.ts';

const SETS_FIELDS = new Set(['HSET', 'HMSET', 'HSETNX']);
const SETS_STRING = new Set(['SET', 'SETNX', 'GETSET', 'SETEX', 'PSETEX', 'MSET']);

/**
 * What a hash field held before the script did its work. In a variant this is the variant's own set-up,
 * unless the script ran the challenge's set-up itself: then it began from that, and must not lose by it.
 */
export function initialField(run: RunView, key: string, field: string, db = 0): string | undefined {
  const fromMain = fieldText(run.keyOfMainSetup(key, db), field);
  const resets = run.commands.some(
    ({ name, args }) =>
      SETS_FIELDS.has(name) &&
      args[0] === key &&
      args.some((arg, index) => index % 2 === 1 && arg === field && args[index + 1] === fromMain),
  );
  return resets ? fromMain : fieldText(run.keyBefore(key, db), field);
}

/** What a string held before the script did its work; see {@link initialField}. */
export function initialString(run: RunView, key: string, db = 0): string | undefined {
  const fromMain = stringText(run, key, db, true);
  const resets = run.commands.some(
    ({ name, args }) =>
      SETS_STRING.has(name) &&
      args.some((arg, index) => arg === key && args.slice(index + 1, index + 3).includes(fromMain ?? null)),
  );
  return resets ? fromMain : stringText(run, key, db, false);
}

function stringText(run: RunView, key: string, db: number, main: boolean): string | undefined {
  const found = main ? run.keyOfMainSetup(key, db) : run.keyBefore(key, db);
  return found?.type === 'string' ? textOf(found.value) : undefined;
}
