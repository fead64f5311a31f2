import { createHash } from 'node:crypto';
import { isCut, textOf, toBuffer, type Value } from '../../base/bytes.ts';
import type { ScriptCalls } from '../../evidence/calls.ts';
import type { Trace } from '../../evidence/evidence.ts';
import { type CommandsOutcome, runCommands } from '../script/command-file/run.ts';
import type { ScriptLimits } from '../script/limits.ts';
import type { PreparedScript } from '../script/sandbox.ts';

/** A call as the learner made it: which script, by what command, and with how many arguments. */
interface LearnersCall {
  /** `EVAL` with the script's source, or `FCALL` with the function's name. */
  head: readonly [command: string, what: Buffer];
  argumentCount: number;
}

const BY_SOURCE = /^EVAL(_RO)?$/i;
const BY_DIGEST = /^EVALSHA(_RO)?$/i;
const BY_NAME = /^FCALL(_RO)?$/i;

/**
 * Makes ready further calls of a learner's Lua script on a fresh server: they are sent as the learner's user,
 * and answered like the commands of a command file whose lines are the calls, from 1. Where the trace shows
 * no such call, nothing is sent. Of several the last counts, of those with as many arguments as are to be
 * given: a script that merely looks at the key afterwards takes none.
 */
export function prepareScriptCalls(calls: ScriptCalls, trace: Trace, limits: ScriptLimits): PreparedScript {
  const script = learnersScript(calls, trace);
  return {
    run: async ({ address }) => {
      const commands = script ? commandsOf(script, calls) : [];
      const outcome = await runCommands(commands, { name: 'your Lua script', address, limits });
      return withoutLibraries(outcome);
    },
    remove: async () => undefined,
  };
}

interface LearnersScript {
  call: LearnersCall;
  /** The commands that made its functions known. */
  libraries: readonly Buffer[][];
}

function commandsOf({ call, libraries }: LearnersScript, calls: ScriptCalls) {
  const [command, what] = call.head;
  return [
    ...libraries.map((args) => ({ line: 0, args })),
    ...calls.with.map(({ keys, args }, index) => {
      const words = [command, what, String(keys.length), ...keys, ...args.map(String)];
      return { line: index + 1, args: words.map((word) => Buffer.from(word)) };
    }),
  ];
}

function withoutLibraries(outcome: CommandsOutcome): CommandsOutcome {
  return { ...outcome, replies: outcome.replies.filter(({ line }) => line > 0) };
}

/** The script that the learner called; undefined where the trace shows none, or not the whole of it. */
function learnersScript(calls: ScriptCalls, { entries }: Trace): LearnersScript | undefined {
  const sources = new Map<string, Buffer>();
  const libraries: Buffer[][] = [];
  let latest: LearnersCall | undefined;
  for (const { args, source } of entries) {
    if (source === 'lua') continue;
    const [first = '', second = ''] = args.slice(0, 2).map((arg) => textOf(arg)?.toUpperCase() ?? '');
    if (first === 'FUNCTION' && second === 'LOAD' && !args.some(isCut)) libraries.push(args.map(toBuffer));
    const [text] = first === 'SCRIPT' && second === 'LOAD' ? args.slice(2) : args.slice(1);
    if ((first === 'SCRIPT' || BY_SOURCE.test(first)) && text !== undefined && !isCut(text)) {
      sources.set(digest(toBuffer(text)), toBuffer(text));
    }
    const call = calledOn(args, calls.calledOn) ? callOf(first, args, sources) : undefined;
    if (call && calls.with.some((wanted) => wanted.args.length === call.argumentCount)) latest = call;
  }
  return latest && { call: latest, libraries };
}

/** EVAL script numkeys key … */
function calledOn(args: readonly Value[], key: string): boolean {
  return Number(textOf(args[2])) > 0 && textOf(args[3]) === key;
}

function callOf(
  command: string,
  args: readonly Value[],
  sources: ReadonlyMap<string, Buffer>,
): LearnersCall | undefined {
  const [, what] = args;
  if (what === undefined || isCut(what)) return undefined;
  const readOnly = /_RO$/.test(command) ? '_RO' : '';
  const argumentCount = args.length - 3 - Number(textOf(args[2]));
  if (BY_NAME.test(command)) return { head: [`FCALL${readOnly}`, toBuffer(what)], argumentCount };
  const source = BY_DIGEST.test(command)
    ? sources.get(toBuffer(what).toString().toLowerCase())
    : BY_SOURCE.test(command)
      ? toBuffer(what)
      : undefined;
  return source && { head: [`EVAL${readOnly}`, source], argumentCount };
}

function digest(source: Buffer): string {
  return createHash('sha1').update(source).digest('hex');
}
