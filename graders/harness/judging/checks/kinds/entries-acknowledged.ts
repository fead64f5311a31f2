import { count, shortList } from '../../../base/text/count.ts';
import { showArgument } from '../../../base/text/printable.ts';
import { compareIds } from '../../../evidence/data-types/index.ts';
import type { ConsumerGroup } from '../../../evidence/evidence.ts';
import { defineKind } from '../check-kind.ts';
import { failureAt } from '../effects.ts';
import { PASS } from '../finding.ts';
import { isFailure } from '../key-param.ts';
import { statesOf } from '../key-states.ts';
import { integer, object, optional } from '../parameters.ts';
import { requireHistory } from '../require-history.ts';
import { requireInTrace } from '../require-in-trace.ts';
import type { RunView } from '../run-view.ts';
import { GROUP, groupNamed, groupOf } from '../stream-groups.ts';
import { aboutKey } from '../trace-questions.ts';

export const entriesAcknowledged = defineKind({
  kind: 'entries-acknowledged',
  description:
    'Each entry of the stream was delivered to the group, no more often than it may be, and acknowledged. Database 0.',
  parameters: object({
    ...GROUP,
    deliveries: optional(
      integer({
        minimum: 1,
        description:
          'How often one entry may be delivered: 1 where it is left out, 2 where one is recovered.',
      }),
    ),
  }),
  example: {
    purpose: 'For “each signal is handled once”, whoever of the group handles it, and in whatever order.',
    yaml: 'key: signals\ngroup: rescue',
    mistake: 'the last entry was read and not acknowledged',
    seen: {
      before: { signals: { stream: { '1-0': { from: 'hoth' } }, groups: { rescue: {} } } },
      after: {
        signals: {
          stream: { '1-0': { from: 'hoth' } },
          groups: { rescue: { last: '1-0', pending: { '1-0': 'luke' } } },
        },
      },
      commands: ['XREADGROUP GROUP rescue luke STREAMS signals >'],
    },
  },
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const { key, group: name, deliveries: most = 1 } = parameters;
    requireInTrace(run, aboutKey(key));
    requireHistory(run, [key]);
    const found = groupOf(run, parameters);
    if (isFailure(found)) return found;
    const { stream, group } = found;
    const fail = failureAt(run, key);
    const missed = stream.entries.filter(({ id }) => compareIds(id, group.lastDeliveredId) > 0);
    if (missed.length > 0)
      return fail(
        `each entry delivered to ${showArgument(name)}`,
        `${count(missed.length, 'entry', 'entries')} not delivered: ${ids(missed)}`,
      );
    if (group.pending.size > 0)
      return fail(
        'each entry acknowledged',
        `${count(group.pending.size, 'entry', 'entries')} not acknowledged: ${ids(group.pending.entries)}`,
      );
    const delivered = deliveriesOf(run, key, name);
    const often = [...delivered].filter(([, times]) => times > most);
    if (often.length > 0)
      return fail(
        `each entry delivered ${most === 1 ? 'once' : `${most} times at most`}`,
        often.map(([id, times]) => `${id} delivered ${count(times, 'time')}`).join(', '),
      );
    // Whoever moves the group on past an entry has handled nothing.
    const skipped = stream.entries.filter(({ id }) => !delivered.has(id));
    if (skipped.length > 0)
      return fail(
        'each entry delivered to a consumer, and acknowledged',
        `${count(skipped.length, 'entry', 'entries')} never with a consumer: ${ids(skipped)}`,
      );
    return PASS;
  },
});

function ids(entries: readonly { id: string }[]): string {
  return shortList(entries.map(({ id }) => id));
}

/** How often each entry was delivered at the most, as far as it was seen with a consumer. */
function deliveriesOf(run: RunView, key: string, name: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const { state, step } of statesOf(run, key)) {
    if (state?.type !== 'stream') continue;
    const group = groupNamed(state, name);
    for (const { id, deliveries } of group?.pending.entries ?? [])
      found.set(id, Math.max(found.get(id) ?? 0, deliveries));
    // Delivered and acknowledged in one step: between the two, nobody could look.
    if (group && step && run.commandsOf(step).some(({ name }) => name === 'XREADGROUP'))
      for (const { id } of state.entries) if (isDeliveredBy(group, id) && !found.has(id)) found.set(id, 1);
  }
  return found;
}

function isDeliveredBy({ lastDeliveredId }: ConsumerGroup, id: string): boolean {
  return compareIds(id, lastDeliveredId) <= 0;
}
