import { elementTexts } from './elements.ts';
import { statesOf } from './key-states.ts';
import { describeMatcher, holds, type Matcher, matcher } from './matcher.ts';
import { type Content, either, integer, oneOf, optional, text, yes } from './parameters.ts';
import { replyItems } from './reply-items.ts';
import type { RunView } from './run-view.ts';
import type { TracedCommand } from './traced-command.ts';

/** Where a command must have run to count, and what it must have been answered. */
export const PLACE = {
  db: optional(
    either([integer({ minimum: 0 }), oneOf(['any'])], {
      description: 'The database in which it ran; 0 where it is left out.',
    }),
  ),
  transaction: optional(yes('It ran between MULTI and EXEC, and the transaction was not aborted.')),
  answeredWith: optional(
    matcher({
      description: 'Among what it was answered with is this. What Lua gets to hear is not known, and counts.',
    }),
  ),
  tookFrom: optional(
    text({
      minLength: 1,
      description:
        'It was answered with elements of this list, set or sorted set, and none was put back: the key holds each fewer times in the end. What Lua gets to hear is not known, and counts.',
    }),
  ),
};

/** {@link PLACE}, filled in. */
export type Place = Content<typeof PLACE>;

/** Why a command does not count, to be put behind `it ran, but`; undefined where it does. */
export function missedBy(
  run: RunView,
  command: TracedCommand,
  { db = 0, transaction, answeredWith, tookFrom }: Place,
): string | undefined {
  if (db !== 'any' && command.db !== db) return `in database ${command.db}`;
  if (transaction && run.history.stepOf(command.index)?.replies === undefined) return 'in no transaction';
  if (answeredWith !== undefined && !heard(run, command, answeredWith))
    return 'was answered with something else';
  return tookFrom === undefined || tookAway(run, command, tookFrom) ? undefined : 'what it took was put back';
}

/** A place in words, to be put behind a command. */
export function describePlace({ db, transaction, answeredWith, tookFrom }: Place): string {
  return (
    (db === undefined ? '' : `, in ${db === 'any' ? 'any database' : `database ${db}`}`) +
    (transaction ? ', in a transaction' : '') +
    (answeredWith === undefined ? '' : `, answered with ${describeMatcher(answeredWith)}`) +
    (tookFrom === undefined ? '' : ', and what it took stays out')
  );
}

/** False for a command that is known to have been answered with something else. */
function heard(run: RunView, { index }: TracedCommand, wanted: Matcher): boolean {
  const reply = run.history.replyTo(index);
  return !reply || replyItems(reply.text).some((item) => holds(wanted, item));
}

/** False for a command that is known to have taken nothing, or something that is back in the key. */
function tookAway(run: RunView, { index }: TracedCommand, key: string): boolean {
  const reply = run.history.replyTo(index);
  if (!reply) return true;
  const before = [...statesOf(run, key)].findLast(({ from }) => from <= index);
  const had = countOf(elementTexts(before?.state));
  const left = countOf(elementTexts(run.key(key)));
  // What was put there and taken within one step, it did not have before.
  const taken = replyItems(reply.text).filter((item) => item !== key);
  return taken.length > 0 && taken.every((item) => left(item) < Math.max(1, had(item)));
}

function countOf(items: readonly string[]): (item: string) => number {
  return (wanted) => items.filter((item) => item === wanted).length;
}
