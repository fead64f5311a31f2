import { createHash } from 'node:crypto';
import { list, object, type Schema } from '../../document/schema.ts';
import type { TraceQuestion } from '../../evidence/trace-question.ts';
import { showArgument } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { notesOn } from '../effects.ts';
import { PASS } from '../finding.ts';
import { describeMatcher, MATCHER_SCHEMA, type Matcher, mismatch } from '../matcher.ts';
import { mustKnow } from '../must-know.ts';
import { aboutCommands } from '../trace-questions.ts';
import type { TracedCommand } from '../traced-command.ts';

interface ScriptCalledParams {
  calls: WantedCall[];
}

interface WantedCall {
  keys: string[];
  args: Matcher[];
}

/** The schema of the keys and arguments of one call. */
export function callSchema(arg: Schema): Schema {
  return object({
    keys: { ...list({ type: 'string' }), description: 'KEYS.' },
    args: { ...list(arg), description: 'ARGV.' },
  });
}

export const scriptCalled: CheckKind<ScriptCalledParams> = {
  kind: 'script-called',
  description:
    'One Lua script was called in each of these ways, in any order and in database 0: by EVAL, by EVALSHA, or as a function. A script of another text is another script.',
  properties: {
    calls: {
      type: 'array',
      minItems: 1,
      description: 'Each of these calls was made, with these keys and arguments and no more.',
      items: callSchema(MATCHER_SCHEMA),
    },
  },
  required: ['calls'],
  asks: ({ calls }) => calls.map(aboutCallsLike),
  judge({ calls }, run) {
    const made = run.commands.filter(({ name, lua, db }) => CALL.test(name) && !lua && db === 0);
    const scripts = new Set(made.map(scriptOf));
    const isMade = (wanted: WantedCall, script?: string) =>
      made.some((call) => isLike(wanted, call) && (script === undefined || scriptOf(call) === script));
    if ([...scripts].some((script) => calls.every((wanted) => isMade(wanted, script)))) return PASS;
    for (const wanted of calls) mustKnow(run, aboutCallsLike(wanted));
    const missing = calls.find((wanted) => !isMade(wanted));
    if (!missing) {
      return {
        passed: false,
        expected: 'one script that is called each time, the same to the letter',
        actual: 'each call has a script of its own',
        commands: notesOn(run, made),
      };
    }
    return {
      passed: false,
      expected: `a call of the Lua script with ${describeCall(missing)}`,
      actual:
        made.length === 0
          ? 'no Lua script was called in database 0'
          : made
              .map((call) => `called with ${describeArguments(call)}`)
              .slice(0, 4)
              .join('\n'),
    };
  },
};

/** Asks for calls with the keys of a wanted one. */
function aboutCallsLike({ keys }: WantedCall): TraceQuestion {
  const command = ['EVAL', 'EVALSHA', 'FCALL'].flatMap((name) => [name, `${name}_RO`]);
  return aboutCommands({ command, has: keys, lua: false });
}

const CALL = /^(?:EVAL|EVALSHA|FCALL)(?:_RO)?$/;

/** What tells a script from others: its digest, or the name of a function. */
function scriptOf({ name, args: [what] }: TracedCommand): string {
  if (name.startsWith('FCALL')) return `function ${what}`;
  if (name.startsWith('EVALSHA')) return String(what).toLowerCase();
  return createHash('sha1')
    .update(what ?? '')
    .digest('hex');
}

function isLike({ keys, args }: WantedCall, call: TracedCommand): boolean {
  const { keys: givenKeys, args: givenArgs } = partsOf(call);
  return (
    givenKeys.length === keys.length &&
    givenKeys.every((key, index) => key === keys[index]) &&
    givenArgs.length === args.length &&
    args.every((matcher, index) => mismatch(matcher, givenArgs[index] ?? '') === null)
  );
}

/** KEYS and ARGV. */
function partsOf({ args: [, count, ...rest] }: TracedCommand) {
  const keys = Number(count);
  return { keys: rest.slice(0, keys), args: rest.slice(keys) };
}

function describeCall({ keys, args }: WantedCall): string {
  const words = args.map((matcher) =>
    describeMatcher(matcher).replace(/^(?:the number )?"?([^"]*)"?$/, '$1'),
  );
  return `KEYS ${keys.join(' ') || 'empty'} and ARGV ${words.join(' ') || 'empty'}`;
}

function describeArguments(call: TracedCommand): string {
  const { keys, args } = partsOf(call);
  const say = (words: readonly (string | null)[]) =>
    words.map((word) => (word === null ? '…' : showArgument(word))).join(' ') || 'empty';
  return `KEYS ${say(keys)} and ARGV ${say(args)}`;
}
