import { createHash } from 'node:crypto';
import { showArgument } from '../../../base/text/printable.ts';
import type { TraceQuestion } from '../../../evidence/trace-question.ts';
import { defineKind } from '../check-kind.ts';
import { notesOn } from '../effects.ts';
import { PASS } from '../finding.ts';
import { describeMatcher, matcher, mismatch } from '../matcher.ts';
import { listOf, object, oneOrMore, type SchemaOf, type Static, text } from '../parameters.ts';
import { requireInTrace } from '../require-in-trace.ts';
import { aboutCommands } from '../trace-questions.ts';
import type { TracedCommand } from '../traced-command.ts';

/** The keys and arguments of one call, arguments of some sort. */
export function callOf<Argument>(argument: SchemaOf<Argument>) {
  return object({
    keys: listOf(text(), { description: 'KEYS.' }),
    args: listOf(argument, { description: 'ARGV.' }),
  });
}

const WANTED_CALL = callOf(matcher());

type WantedCall = Static<typeof WANTED_CALL>;

export const scriptCalled = defineKind({
  kind: 'script-called',
  description:
    'One Lua script was called in each of these ways, in any order and in database 0: by EVAL, by EVALSHA, or as a function. A script of another text is another script.',
  parameters: object({
    calls: oneOrMore(WANTED_CALL, {
      description: 'Each of these calls was made, with these keys and arguments and no more.',
    }),
  }),
  example: {
    purpose: 'For one Lua script that takes its keys and arguments from outside.',
    yaml: "calls:\n  - { keys: ['battle:shots'], args: [1000] }\n  - { keys: ['battle:hits'], args: [1000] }",
    mistake: 'the second call is missing',
    seen: { commands: ["EVAL 'return 1' 1 battle:shots 1000"] },
  },
  asks: ({ calls }) => calls.map(aboutCallsLike),
  judge({ calls }, run) {
    const made = run.commands.filter(({ name, lua, db }) => CALL.test(name) && !lua && db === 0);
    const isMade = (wanted: WantedCall, among: readonly TracedCommand[]) =>
      among.some((call) => isLike(wanted, call));
    if (byScript(made).some((same) => calls.every((wanted) => isMade(wanted, same)))) return PASS;
    for (const wanted of calls) requireInTrace(run, aboutCallsLike(wanted));
    const missing = calls.find((wanted) => !isMade(wanted, made));
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
              .slice(0, 4)
              .map((call) => `called with ${describeArguments(call)}`)
              .join('\n'),
    };
  },
});

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

/** The calls of each script. */
function byScript(calls: readonly TracedCommand[]): TracedCommand[][] {
  const scripts = new Map<string, TracedCommand[]>();
  for (const call of calls) {
    const script = scriptOf(call);
    const same = scripts.get(script);
    if (same) same.push(call);
    else scripts.set(script, [call]);
  }
  return [...scripts.values()];
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
