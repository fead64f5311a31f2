import { textOf } from '../../../base/bytes.ts';
import { count } from '../../../base/text/count.ts';
import { showArgument } from '../../../base/text/printable.ts';
import { fieldsInWords } from '../../../evidence/data-types/stream.ts';
import type { StreamEntry } from '../../../evidence/evidence.ts';
import { defineKind } from '../check-kind.ts';
import { amount, amountInWords, isAmount } from '../conditions.ts';
import { failureAt } from '../effects.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY, keyOfType } from '../key-param.ts';
import { numbered } from '../list-text.ts';
import { describeMatcher, holds, type Matcher, matcher } from '../matcher.ts';
import { atLeastOne, byName, object, oneOrMore, optional } from '../parameters.ts';
import type { Amount } from '../value-conditions.ts';

/** What an entry is to be. */
interface WantedEntry {
  id?: Matcher;
  fields: Record<string, Matcher>;
}

const FIELDS = byName(matcher(), {
  minProperties: 1,
  description: 'The fields that it has, and no others, with what each must hold.',
});

export const streamEntries = defineKind({
  kind: 'stream-entries',
  description:
    'The stream holds these entries, from the oldest to the newest; so many of them; or none but such as are described.',
  parameters: object(
    {
      ...KEY,
      entries: optional(
        oneOrMore(
          object({
            id: optional(matcher({ description: 'Its id. Any where it is left out.' })),
            fields: FIELDS,
          }),
          { description: 'Exactly these.' },
        ),
      ),
      each: optional({ ...FIELDS, description: 'The fields that each entry has, and no others.' }),
      count: optional(amount('How many entries there are: at most so many, for a stream that is trimmed.')),
      added: optional(
        amount('How many entries were ever added, those included that were trimmed or deleted.'),
      ),
    },
    atLeastOne('entries', 'each', 'count', 'added'),
  ),
  example: {
    purpose:
      'For what was added to a stream. Ask for `count` and `added` where it is to be trimmed: MAXLEN ~ may leave some more.',
    yaml: 'key: signals\nentries:\n  - fields: { from: hoth, text: help }\n  - fields: { from: endor, text: ready }',
    mistake: 'one signal was sent twice',
    seen: {
      after: {
        signals: {
          stream: {
            '1756000000000-0': { from: 'hoth', text: 'help' },
            '1756000000010-0': { from: 'hoth', text: 'help' },
          },
        },
      },
      commands: ['XADD signals * from hoth text help', 'XADD signals * from hoth text help'],
    },
  },
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const { key, entries, each, count: number, added } = parameters;
    const stream = keyOfType(run, parameters, 'stream');
    if (isFailure(stream)) return stream;
    const fail = failureAt(run, key);
    if (entries && !areThese(entries, stream.entries, stream.size))
      return fail(numbered(entries.map(wantedInWords)), inWords(stream.entries, stream.size));
    const odd = each && stream.entries.find((entry) => !hasFields(each, entry));
    if (each && odd) return fail(`each entry with ${fieldsWanted(each)}`, entryInWords(odd));
    if (each && stream.entries.length < stream.size)
      return fail(`each entry with ${fieldsWanted(each)}`, 'more entries than are kept');
    if (number !== undefined && !isAmount(number, stream.size))
      return fail(entriesWanted(number), count(stream.size, 'entry', 'entries'));
    if (added !== undefined && !isAmount(added, stream.entriesAdded))
      return fail(`${entriesWanted(added)} ever added`, `${stream.entriesAdded} added`);
    return PASS;
  },
});

function areThese(wanted: readonly WantedEntry[], found: readonly StreamEntry[], size: number): boolean {
  return (
    size === wanted.length &&
    wanted.every(({ id, fields }, index) => {
      const entry = found[index];
      return entry !== undefined && (id === undefined || holds(id, entry.id)) && hasFields(fields, entry);
    })
  );
}

/** True for an entry that has these fields with these values, and no others. */
function hasFields(wanted: Record<string, Matcher>, { fields }: StreamEntry): boolean {
  const names = Object.keys(wanted);
  return (
    fields.length === names.length &&
    names.every((name) => {
      const found = fields.find(({ field }) => textOf(field) === name);
      return found !== undefined && holds(wanted[name] ?? '', found.value);
    })
  );
}

function wantedInWords({ id, fields }: WantedEntry): string {
  return [...(id === undefined ? [] : [describeMatcher(id)]), fieldsWanted(fields)].join(' ');
}

function fieldsWanted(fields: Record<string, Matcher>): string {
  return Object.entries(fields)
    .map(([name, wanted]) => `${showArgument(name)} = ${describeMatcher(wanted)}`)
    .join(', ');
}

function inWords(entries: readonly StreamEntry[], size: number): string {
  return size === 0 ? 'no entries' : numbered(entries.map(entryInWords), size);
}

function entryInWords({ id, fields }: StreamEntry): string {
  return `${id} ${fieldsInWords(fields)}`;
}

function entriesWanted(wanted: Amount): string {
  return `${amountInWords(wanted)} ${wanted === 1 ? 'entry' : 'entries'}`;
}
