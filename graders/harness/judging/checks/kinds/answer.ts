import { splitArguments } from '../../../valkey/notation/quoting.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { type CommandNote, PASS } from '../finding.ts';
import { mismatch } from '../matcher.ts';
import { integer, object, optional, text } from '../parameters.ts';
import {
  describeReplyPattern,
  type ReplyPattern,
  replyHolds,
  replyPattern,
  showReply,
} from '../reply-pattern.ts';
import type { RunView } from '../run-view.ts';
import { answerTo } from '../server-answer.ts';

export const answer = defineKind({
  kind: 'answer',
  expects: 'nothing',
  description:
    'The server answers this command so: the grader asks it after the script has ended. Only commands that read are asked, those of modules included: the server itself tells which do.',
  parameters: object({
    command: text({
      minLength: 1,
      pattern: '\\S',
      description: 'The command, as one types it in valkey-cli.',
    }),
    db: optional(integer({ minimum: 0, description: 'Its database; 0 where it is left out.' })),
    reply: replyPattern({ description: 'What the server must answer.' }),
  }),
  example: {
    purpose:
      'For what the server knows better than a list of keys and values: distances, ranks, counted bits, groups of a stream, encodings, functions, what a module keeps.',
    yaml: 'command: BITCOUNT seats:7\nreply: 2',
    mistake: 'a seat too many is taken',
    seen: {
      after: { 'seats:7': { string: '\u0008\u0060' } },
      commands: ['SETBIT seats:7 4 1', 'SETBIT seats:7 9 1', 'SETBIT seats:7 10 1'],
      answers: { 'BITCOUNT seats:7': '3' },
    },
  },
  names: ({ command }) => words(command),
  serverQuestions: ({ command, db = 0 }) => [{ command, db }],
  judge({ command, db = 0, reply: wanted }, run) {
    const { reply, missing = 0 } = answerTo(run, { command, db });
    if (replyHolds(wanted, reply, missing > 0)) return PASS;
    const difference =
      typeof wanted !== 'object' && typeof reply === 'string'
        ? mismatch(wanted, reply)?.difference
        : undefined;
    const shown = `${command} answered ${showReply(reply)}`;
    return {
      passed: false,
      expected: expectation(command, wanted),
      actual: missing > 0 ? `${shown}, and ${missing} bytes more, which were not kept` : shown,
      ...(difference !== undefined && { difference }),
      commands: changesBehind(run, command),
    };
  },
});

function expectation(command: string, wanted: ReplyPattern): string {
  return `${command} answers ${describeReplyPattern(wanted)}`;
}

/** What changed the first key that the command names. */
function changesBehind(run: RunView, command: string): CommandNote[] {
  for (const word of words(command)) {
    const notes = changesOf(run, word);
    if (notes.length > 0) return notes;
  }
  return [];
}

/** The words behind the name of a command: keys are among them. */
function words(command: string): string[] {
  return splitArguments(command).slice(1).map(String);
}
