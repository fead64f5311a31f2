import { textOf } from '../../../base/bytes.ts';
import { count, shortList } from '../../../base/text/count.ts';
import { showArgument } from '../../../base/text/printable.ts';
import type { ConsumerGroup } from '../../../evidence/evidence.ts';
import { defineKind } from '../check-kind.ts';
import { amount, amountInWords, isAmount } from '../conditions.ts';
import { failureAt } from '../effects.ts';
import { PASS } from '../finding.ts';
import { isFailure } from '../key-param.ts';
import { numbered } from '../list-text.ts';
import { describeMatcher, holds, type Matcher, matcher } from '../matcher.ts';
import { atLeastOne, distinct, listOf, object, optional, text, yes } from '../parameters.ts';
import { GROUP, groupOf } from '../stream-groups.ts';
import type { Amount } from '../value-conditions.ts';

/** What an entry that is not acknowledged is to be. */
interface WantedPending {
  id?: Matcher;
  consumer?: Matcher;
  deliveries?: Amount;
}

export const streamGroup = defineKind({
  kind: 'stream-group',
  description:
    'The stream has this consumer group: how far it has read, who is in it, and what was delivered and not acknowledged.',
  parameters: object(
    {
      ...GROUP,
      there: optional(yes('It is there, whatever it has read.')),
      lastDelivered: optional(
        matcher({ description: 'The id of the last entry that was delivered to it; `0-0` for none.' }),
      ),
      upToDate: optional(yes('The last entry that the stream ever got was delivered to it.')),
      pending: optional(amount('How many entries are not acknowledged.')),
      pendingEntries: optional(
        listOf(
          object({
            id: optional(matcher({ description: 'Its id.' })),
            consumer: optional(matcher({ description: 'Who has it.' })),
            deliveries: optional(amount('How often it was delivered.')),
          }),
          { description: 'Exactly these are not acknowledged, by id.' },
        ),
      ),
      consumers: optional(distinct(text(), 'These are among its consumers.')),
    },
    atLeastOne('there', 'lastDelivered', 'upToDate', 'pending', 'pendingEntries', 'consumers'),
  ),
  example: {
    purpose: 'For what a consumer group has done with a stream, at the end.',
    yaml: 'key: signals\ngroup: rescue\nupToDate: true\npending: 0',
    mistake: 'an entry was read and not acknowledged',
    seen: {
      after: {
        signals: {
          stream: { '1-0': { from: 'hoth' }, '2-0': { from: 'endor' } },
          groups: { rescue: { last: '2-0', pending: { '2-0': 'luke' } } },
        },
      },
      commands: ['XREADGROUP GROUP rescue luke STREAMS signals >', 'XACK signals rescue 1-0'],
    },
  },
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const found = groupOf(run, parameters);
    if (isFailure(found)) return found;
    const { key, lastDelivered, upToDate, pending, pendingEntries, consumers = [] } = parameters;
    const { stream, group } = found;
    const fail = failureAt(run, key);
    const delivered =
      group.lastDeliveredId === '0-0' ? 'nothing delivered' : `delivered up to ${group.lastDeliveredId}`;
    if (lastDelivered !== undefined && !holds(lastDelivered, group.lastDeliveredId))
      return fail(`delivered up to ${describeMatcher(lastDelivered)}`, delivered);
    if (upToDate && group.lastDeliveredId !== stream.lastId)
      return fail(`delivered up to the last entry, ${stream.lastId}`, delivered);
    if (pending !== undefined && !isAmount(pending, group.pending.size))
      return fail(`${amountInWords(pending)} pending`, pendingInWords(group));
    if (pendingEntries && !areThese(pendingEntries, group))
      return fail(
        pendingEntries.length === 0 ? '0 pending' : numbered(pendingEntries.map(wantedInWords)),
        pendingInWords(group),
      );
    const names = group.consumers.listed.map(({ name }) => textOf(name));
    const missing = consumers.filter((name) => !names.includes(name));
    if (missing.length === 0) return PASS;
    return fail(
      `the consumers ${shortList(consumers.map((name) => showArgument(name)))}`,
      names.length === 0
        ? 'no consumers'
        : shortList(
            group.consumers.listed.map(({ name }) => showArgument(name)),
            5,
            group.consumers.size,
          ),
    );
  },
});

function areThese(wanted: readonly WantedPending[], { pending }: ConsumerGroup): boolean {
  return (
    pending.size === wanted.length &&
    wanted.every(({ id, consumer, deliveries }, index) => {
      const entry = pending.entries[index];
      return (
        entry !== undefined &&
        (id === undefined || holds(id, entry.id)) &&
        (consumer === undefined || holds(consumer, entry.consumer)) &&
        (deliveries === undefined || isAmount(deliveries, entry.deliveries))
      );
    })
  );
}

function wantedInWords({ id, consumer, deliveries }: WantedPending): string {
  return [
    id === undefined ? 'any entry' : describeMatcher(id),
    ...(consumer === undefined ? [] : [`with ${describeMatcher(consumer)}`]),
    ...(deliveries === undefined ? [] : [`delivered ${times(deliveries)}`]),
  ].join(', ');
}

function pendingInWords({ pending }: ConsumerGroup): string {
  if (pending.size === 0) return '0 pending';
  const entries = pending.entries.map(
    ({ id, consumer, deliveries }) =>
      `${id} with ${showArgument(consumer)}, delivered ${count(deliveries, 'time')}`,
  );
  return `${pending.size} pending:\n${numbered(entries, pending.size)}`;
}

function times(wanted: Amount): string {
  return `${amountInWords(wanted)} ${wanted === 1 ? 'time' : 'times'}`;
}
