import type { CommandNote } from './check.ts';
import type { RunView } from './run-view.ts';
import type { TracedCommand } from './traced-command.ts';

/** How many commands a failed check shows at most. */
const SHOWN = 6;

/**
 * What a command does to a key, in the learner's terms. `null` for a command that changes nothing.
 * Times without a unit are seconds.
 */
export function effectOn(key: string, command: TracedCommand): string | null {
  const { name, args } = command;
  if (name === 'FLUSHALL' || name === 'FLUSHDB') return 'removed every key';
  if (name === 'SWAPDB') return 'swapped two databases';
  if (!args.includes(key)) return null;
  return EFFECTS[name]?.(args, key) ?? null;
}

type Effect = (args: readonly (string | null)[], key: string) => string | null;

const removed: Effect = () => 'removed the key and its TTL';
const fields =
  (noun: string): Effect =>
  (args) => {
    const names = args.filter((_, index) => index % 2 === 1);
    return `${noun} ${names.length === 1 ? `the field ${names[0]}` : `${names.length} fields`}`;
  };
const pushed: Effect = (args) =>
  `added ${args.length - 1 === 1 ? 'an element' : `${args.length - 1} elements`}`;

const EFFECTS: Record<string, Effect> = {
  DEL: removed,
  UNLINK: removed,
  GETDEL: removed,
  RENAME: (args, key) =>
    args[0] === key
      ? `moved the key and its TTL to ${args[1]}`
      : `put the key ${args[0]}, with its TTL, in this place`,
  RENAMENX: (args, key) => (args[0] === key ? `moved the key and its TTL to ${args[1]}` : null),
  COPY: (args, key) => (args[1] === key ? `put a copy of ${args[0]} in this place` : null),
  MOVE: (args) => `moved the key to database ${args[1]}`,
  RESTORE: () => 'put a dumped value in this place',
  SET: (args) => setEffect(args),
  SETEX: (args) => `put a string there, with a TTL of ${args[1]} s`,
  PSETEX: (args) => `put a string there, with a TTL of ${milliseconds(args[1])}`,
  SETNX: () => 'put a string there if there was no key, without a TTL',
  GETSET: () => 'put a string there and dropped the TTL',
  MSET: () => 'put a string there and dropped the TTL',
  APPEND: () => 'appended to the string',
  INCR: () => 'raised the number by 1',
  DECR: () => 'lowered the number by 1',
  INCRBY: (args) => `changed the number by ${args[1]}`,
  HSET: fields('set'),
  HMSET: fields('set'),
  HSETNX: (args) => `set the field ${args[1]} if it was not there`,
  HDEL: (args) => `removed ${args.length === 2 ? `the field ${args[1]}` : `${args.length - 1} fields`}`,
  HINCRBY: (args) => `changed the field ${args[1]} by ${args[2]}`,
  HINCRBYFLOAT: (args) => `changed the field ${args[1]} by ${args[2]}`,
  EXPIRE: (args) => `set the TTL to ${args[1]} s`,
  PEXPIRE: (args) => `set the TTL to ${milliseconds(args[1])}`,
  EXPIREAT: (args) => `set the expiry to unix time ${args[1]}`,
  PEXPIREAT: (args) => `set the expiry to unix time ${args[1]} ms`,
  GETEX: (args) => (args.length > 1 ? 'changed the TTL' : null),
  PERSIST: () => 'removed the TTL',
  LPUSH: pushed,
  RPUSH: pushed,
  LPOP: () => 'removed elements',
  RPOP: () => 'removed elements',
  LTRIM: () => 'removed elements',
  SADD: pushed,
  SREM: () => 'removed members',
  ZADD: () => 'set scores',
  ZINCRBY: (args) => `changed the score of ${args[2]} by ${args[1]}`,
  ZREM: () => 'removed members',
};

function setEffect(args: readonly (string | null)[]): string {
  const options = args.slice(2).map((arg) => arg?.toUpperCase());
  const value = (option: string) => args[2 + options.indexOf(option) + 1] ?? '?';
  if (options.includes('KEEPTTL')) return 'put a string there and kept the TTL';
  if (options.includes('EX')) return `put a string there, with a TTL of ${value('EX')} s`;
  if (options.includes('PX')) return `put a string there, with a TTL of ${milliseconds(value('PX'))}`;
  if (options.includes('EXAT') || options.includes('PXAT')) return 'put a string there, with an expiry time';
  return 'put a string there and dropped the TTL';
}

function milliseconds(text: string | null | undefined): string {
  const number = Number(text);
  return Number.isFinite(number) ? `${text} ms (${number / 1000} s)` : `${text} ms`;
}

/** The commands that changed a key, each with what it did; the last ones where there were many. */
export function changesOf(run: RunView, key: string): CommandNote[] {
  const notes = run.commands.flatMap((command) => {
    const effect = effectOn(key, command);
    return effect === null ? [] : [run.note(command, effect)];
  });
  return notes.slice(-SHOWN);
}

/** Notes on some commands, without saying what they did; the first ones where there are many. */
export function notesOn(run: RunView, commands: readonly TracedCommand[]): CommandNote[] {
  return commands.slice(0, SHOWN).map((command) => run.note(command));
}
