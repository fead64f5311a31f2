import { textOf } from '../../evidence/bytes.ts';
import type { CommandReply } from '../../evidence/evidence.ts';
import { printableLines, showArgument } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { type Failure, PASS } from '../finding.ts';
import { describeMatcher, MATCHER_SCHEMA, type Matcher, mismatch } from '../matcher.ts';
import { replyItems } from '../reply-items.ts';

interface CallRepliesParams {
  replies: { call: number; items: Matcher[] }[];
}

export const callReplies: CheckKind<CallRepliesParams> = {
  kind: 'call-replies',
  description:
    "The learner's Lua script answers the calls of the variant (its `calls`) like this: each reply that is listed begins with these items, a reply that is no array being its only one.",
  properties: {
    replies: {
      type: 'array',
      minItems: 1,
      description: 'What the calls answer; those that are left out may answer anything.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['call', 'items'],
        properties: {
          call: { type: 'integer', minimum: 1, description: 'Which call, from 1.' },
          items: { type: 'array', minItems: 1, items: MATCHER_SCHEMA, description: 'Its first items.' },
        },
      },
    },
  },
  required: ['replies'],
  judge({ replies }, { run }) {
    for (const { call, items } of replies) {
      const reply = run.replies?.find(({ line }) => line === call);
      const failure = reply ? wrongReply(reply, items) : noReply(items);
      if (failure) return failure;
    }
    return PASS;
  },
};

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
    actual: `it answered ${reply.error ? printableLines(reply.reply) : found.map((item) => showArgument(item)).join(', ') || 'nothing'}`,
  };
}

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
