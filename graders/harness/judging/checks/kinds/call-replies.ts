import { textOf } from '../../../base/bytes.ts';
import { printableLines, showArgument } from '../../../base/text/printable.ts';
import type { CommandReply } from '../../../evidence/evidence.ts';
import { defineKind } from '../check-kind.ts';
import { type Failure, PASS } from '../finding.ts';
import { describeMatcher, type Matcher, matcher, mismatch } from '../matcher.ts';
import { integer, object, oneOrMore } from '../parameters.ts';
import { replyItems } from '../reply-items.ts';

export const callReplies = defineKind({
  kind: 'call-replies',
  description:
    "The learner's Lua script answers the calls of the variant (its `calls`) like this: each reply that is listed begins with these items, a reply that is no array being its only one.",
  parameters: object({
    replies: oneOrMore(
      object({
        call: integer({ minimum: 1, description: 'Which call, from 1.' }),
        items: oneOrMore(matcher(), { description: 'Its first items.' }),
      }),
      { description: 'What the calls answer; those that are left out may answer anything.' },
    ),
  }),
  example: {
    purpose:
      'For rate limiters and the like in Lua: they are called with other arguments than the learner’s.',
    yaml: 'variant: busy\nreplies:\n  - { call: 1, items: [1] }\n  - { call: 2, items: [0] }',
    mistake: 'the second call is let through, though the limit was reached',
    seen: {
      variants: {
        busy: {
          replies: [
            { line: 1, args: ['FCALL', 'allow', '1', 'fleet'], reply: '1) (integer) 1', error: false },
            { line: 2, args: ['FCALL', 'allow', '1', 'fleet'], reply: '1) (integer) 1', error: false },
          ],
        },
      },
    },
    variant: 'busy',
  },
  judge({ replies }, { evidence }) {
    for (const { call, items } of replies) {
      const reply = evidence.replies?.find(({ line }) => line === call);
      const failure = reply ? wrongReply(reply, items) : noReply(items);
      if (failure) return failure;
    }
    return PASS;
  },
});

function wrongReply(reply: CommandReply, items: readonly Matcher[]): Failure | undefined {
  const found = replyItems(reply.reply);
  const holds =
    !reply.error &&
    items.every((matcher, index) => {
      const item = found[index];
      return item !== undefined && mismatch(matcher, item) === null;
    });
  if (holds) return undefined;
  return {
    passed: false,
    expected: `${describeCall(reply)} answers ${describe(items)}`,
    actual: `it answered ${reply.error ? printableLines(reply.reply) : say(found)}`,
  };
}

/** The first items of a reply. */
function say(items: readonly string[]): string {
  const shown = items.slice(0, SHOWN).map((item) => showArgument(item));
  return (
    [...shown, ...(items.length > SHOWN ? [`${items.length - SHOWN} more`] : [])].join(', ') || 'nothing'
  );
}

/** How many items of a reply are told. */
const SHOWN = 20;

function noReply(items: readonly Matcher[]): Failure {
  return {
    passed: false,
    expected: `a Lua script that can be called again, and answers ${describe(items)}`,
    actual:
      'there was none to call: none was run by EVAL, EVALSHA or FCALL with that key and as many arguments',
  };
}

function describe(items: readonly Matcher[]): string {
  return items.map((item) => describeMatcher(item).replace(/^"(\S+)"$/, '$1')).join(', ');
}

/** `call 6 of your script, with KEYS hyperdrive:falcon and ARGV 60 5 1000,` */
function describeCall({ line, args }: CommandReply): string {
  const words = args.map((arg) => textOf(arg) ?? '…');
  const count = Number(words[2]);
  const show = (list: readonly string[]) => list.map((word) => showArgument(word)).join(' ') || 'nothing';
  return `call ${line} of your Lua script, with KEYS ${show(words.slice(3, 3 + count))} and ARGV ${show(words.slice(3 + count))},`;
}
