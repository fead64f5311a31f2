import { textOf } from '../../base/bytes.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { addsUp, memberScores, toScore, writtenScores } from './member-scores.ts';
import { fieldText, type RunView } from './run-view.ts';
import type { TracedCommand } from './traced-command.ts';
import { type FieldUpdate, updatesOf } from './update-manner.ts';

const ADDS_TO_FIELD = new Set(['HINCRBY', 'HINCRBYFLOAT']);
const WRITES_FIELDS = new Set(['HSET', 'HMSET']);
const READS_HASH = new Set(['HGETALL', 'HVALS', 'HSCAN']);
const READS_FIELDS = new Set(['HGET', 'HMGET', 'HGETEX']);
const READS_BOARD = new Set(['ZRANGE', 'ZREVRANGE', 'ZRANGEBYSCORE', 'ZREVRANGEBYSCORE', 'ZSCAN']);
const READS_SCORES = new Set(['ZSCORE', 'ZMSCORE', 'ZRANK', 'ZREVRANK']);
const READS_STRING = new Set(['GET', 'MGET', 'GETEX', 'GETRANGE', 'SUBSTR']);
const ASKS_FOR_KEY = new Set(['EXISTS', 'STRLEN', 'TYPE', 'TTL', 'PTTL', 'EXPIRETIME', 'PEXPIRETIME']);
const COUNTS = new Set(['INCR', 'DECR', 'INCRBY', 'DECRBY', 'INCRBYFLOAT']);
const CHANGES_STRING = new Set([...COUNTS, 'APPEND', 'SETRANGE', 'RESTORE']);

/**
 * The commands that gave a field of a hash in database 0 another value than the set-up did. Commands of a
 * transaction stand in the trace between its MULTI and its EXEC, those of a Lua script behind the command
 * that runs it; a transaction that was given up leaves none.
 */
export function fieldUpdates(run: RunView, key: string, field: string): FieldUpdate[] {
  const setUp = [fieldText(run.keyBefore(key), field), fieldText(run.keyOfMainSetup(key), field)];
  return updatesOf(run, {
    key,
    addsTo: ({ name, args }) => ADDS_TO_FIELD.has(name) && args[1] === field,
    writes: ({ name, args }) => {
      const value = WRITES_FIELDS.has(name) ? writtenValue(args, field) : undefined;
      // Whoever runs the set-up again changes nothing.
      return value !== undefined && (value === null || !setUp.includes(value));
    },
    reads: ({ name, args }) => READS_HASH.has(name) || (READS_FIELDS.has(name) && args.includes(field, 1)),
    value: (found) => fieldText(found, field),
    isSetUp: (value) => setUp.includes(String(value)),
  });
}

/** The commands that gave a member of a sorted set in database 0 another score; see {@link fieldUpdates}. */
export function scoreUpdates(run: RunView, key: string, member: string): FieldUpdate[] {
  const setUp = [run.keyBefore(key), run.keyOfMainSetup(key)].map((found) => memberScores(found).get(member));
  return updatesOf(run, {
    key,
    addsTo: (command) =>
      (addsUp(command) && command.args.at(-1) === member) || unitesWithItself(command, key),
    writes: (command) =>
      writtenScores(command, key).some(
        (entry) => entry.member === member && !setUp.includes(toScore(entry.score ?? '')),
      ),
    reads: ({ name, args }) => READS_BOARD.has(name) || (READS_SCORES.has(name) && args.includes(member, 1)),
    value: (found) => memberScores(found).get(member),
    isSetUp: (value) => setUp.includes(Number(value)),
  });
}

/** True for a union of a sorted set and others that takes its own place: all scores are added up in one step. */
function unitesWithItself({ name, args }: TracedCommand, key: string): boolean {
  return name === 'ZUNIONSTORE' && args.slice(2, 2 + Number(args[1])).includes(key);
}

/** On what a write depends: that there is no key, or that it holds a certain value. */
export type WriteCondition = 'absent' | 'equals';

/**
 * The commands that gave a string in database 0 another value than the set-up did; see {@link fieldUpdates}.
 * A command that asks for the condition by itself is one step.
 */
export function stringUpdates(run: RunView, key: string, condition: WriteCondition): FieldUpdate[] {
  const setUp = [run.keyBefore(key), run.keyOfMainSetup(key)].map(stringText);
  return updatesOf(run, {
    key,
    names: ({ args }) => args.includes(key),
    addsTo: (command) => writesIf(command, key, condition),
    writes: (command) => {
      const value = writtenString(command, key);
      return value !== undefined && (value === null || !setUp.includes(value));
    },
    reads: ({ name }) => READS_STRING.has(name) || (condition === 'absent' && ASKS_FOR_KEY.has(name)),
    value: stringText,
    isSetUp: (value) => setUp.includes(String(value)),
  });
}

/** The commands that gave a counter in database 0 another value than the set-up did, but for 0; see {@link fieldUpdates}. */
export function countUpdates(run: RunView, key: string): FieldUpdate[] {
  const setUp = [run.keyBefore(key), run.keyOfMainSetup(key)].map(stringText);
  return updatesOf(run, {
    key,
    names: ({ args }) => args.includes(key),
    addsTo: ({ name, args }) => COUNTS.has(name) && args[0] === key,
    writes: (command) => {
      const value = writtenString(command, key);
      return value !== undefined && (value === null || (value !== '0' && !setUp.includes(value)));
    },
    reads: ({ name }) => READS_STRING.has(name),
    value: stringText,
    isSetUp: (value) => value === '0' || setUp.includes(String(value)),
  });
}

function stringText(key: KeySnapshot | undefined): string | undefined {
  return key?.type === 'string' ? textOf(key.value) : undefined;
}

/** True for a command that writes a string only where the condition holds. */
function writesIf({ name, args }: TracedCommand, key: string, condition: WriteCondition): boolean {
  const options = args.slice(2).map((arg) => arg?.toUpperCase());
  if (name === 'SET' && args[0] === key) return options.includes(condition === 'absent' ? 'NX' : 'IFEQ');
  if (condition === 'equals') return false;
  if (name === 'SETNX') return args[0] === key;
  if (name === 'MSETNX') return args.some((arg, index) => index % 2 === 0 && arg === key);
  // A helper key with its TTL that takes its place only where that is free.
  return args[1] === key && (name === 'RENAMENX' || (name === 'COPY' && !options.includes('REPLACE')));
}

/** The value that a command gives a string: null for one that it does not tell, undefined where it gives none. */
function writtenString({ name, args }: TracedCommand, key: string): string | null | undefined {
  if (name === 'MSET' || name === 'MSETNX') {
    const at = args.findLastIndex((arg, index) => index % 2 === 0 && arg === key);
    return at === -1 ? undefined : args[at + 1];
  }
  if (/^(?:RENAME|RENAMENX|COPY)$/.test(name)) return args[1] === key ? null : undefined;
  if (args[0] !== key) return undefined;
  if (/^(?:SET|SETNX|GETSET)$/.test(name)) return args[1];
  if (/^P?SETEX$/.test(name)) return args[2];
  return CHANGES_STRING.has(name) ? null : undefined;
}

/** The value that HSET gives a field: null for one that is not text, undefined where it gives it none. */
function writtenValue(args: readonly (string | null)[], field: string): string | null | undefined {
  const at = args.findLastIndex((arg, index) => index % 2 === 1 && arg === field);
  return at === -1 ? undefined : args[at + 1];
}
