import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../../../base/bytes.ts';
import { show } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { isFailure, keyOfType } from '../key-param.ts';
import { numbered } from '../list-text.ts';
import { object, oneOf, optional, type Static, text } from '../parameters.ts';
import { keyName, type RunView } from '../run-view.ts';

/** A string whose name is a prefix, a name of its own, and a suffix. */
interface Counter {
  name: string;
  value: string;
}

const PARAMETERS = object({
  key: text({ minLength: 1, description: "The list's name (database 0)." }),
  prefix: text({ description: 'How the names of the strings begin.' }),
  suffix: text({ description: 'How they end. What is in between is the name of each.' }),
  index: optional(
    text({
      description:
        'A set of their names: a list that goes by its members is right as well. Whether all are in it is for another check.',
    }),
  ),
  items: oneOf(['values', 'names'], { description: 'What the list holds of each.' }),
  order: oneOf(['name', 'highest'], { description: 'By their names, or the highest number first.' }),
});

type Params = Static<typeof PARAMETERS>;

export const listFromStrings = defineKind({
  kind: 'list-from-strings',
  description:
    'The list holds what the strings of a sort hold, such as the counters of all hours, or their names. It is compared with the strings as they are after the script, so that a script that ran the set-up again does not lose by it.',
  parameters: PARAMETERS,
  example: {
    purpose: 'For a list that is made of what several counters hold.',
    yaml: "key: shots_over_time\nprefix: 'battle:'\nsuffix: ':shots'\nitems: values\norder: name",
    mistake: 'in the wrong order',
    seen: {
      after: { 'battle:13:shots': '40', 'battle:14:shots': '25', shots_over_time: { list: ['25', '40'] } },
      commands: ['RPUSH shots_over_time 25 40'],
    },
  },
  keys: ({ key, index }) => [key, ...(index === undefined ? [] : [index])],
  judge(parameters, run) {
    const found = keyOfType(run, { key: parameters.key }, 'list');
    const wanted = [countersThere(run, parameters), ...countersOfIndex(run, parameters)].map((counters) =>
      itemsOf(counters, parameters),
    );
    const expected = numbered((wanted[0] ?? []).map((item) => show(item)));
    if (isFailure(found)) return { ...found, expected };
    if (found.size === found.items.length && wanted.some((items) => isDeepStrictEqual(items, found.items)))
      return PASS;
    return {
      passed: false,
      expected,
      actual: numbered(
        found.items.map((item) => show(item)),
        found.size,
      ),
      commands: changesOf(run, parameters.key),
    };
  },
});

function countersThere(run: RunView, { prefix, suffix }: Params): Counter[] {
  return run.keysAfter.flatMap(({ key, db }) => {
    const full = keyName(key) ?? '';
    const isOne =
      full.startsWith(prefix) && full.endsWith(suffix) && full.length > prefix.length + suffix.length;
    if (!isOne || db !== 0 || key.type !== 'string') return [];
    return [{ name: full.slice(prefix.length, full.length - suffix.length), value: textOf(key.value) ?? '' }];
  });
}

/** Those whose names are in the set. Of one that is not there, SORT gives nothing. */
function countersOfIndex(run: RunView, { index, prefix, suffix }: Params): Counter[][] {
  const set = index === undefined ? undefined : run.key(index);
  if (set?.type !== 'set') return [];
  const names = set.members.map((member) => textOf(member) ?? '');
  return [
    names.map((name) => {
      const key = run.key(`${prefix}${name}${suffix}`);
      return { name, value: key?.type === 'string' ? (textOf(key.value) ?? '') : '' };
    }),
  ];
}

function itemsOf(counters: readonly Counter[], { items, order }: Params): string[] {
  const byName = (left: Counter, right: Counter) =>
    Buffer.compare(Buffer.from(left.name), Buffer.from(right.name));
  return counters
    .toSorted((left, right) =>
      order === 'name'
        ? byName(left, right)
        : Number(right.value) - Number(left.value) || byName(left, right),
    )
    .map(({ name, value }) => (items === 'names' ? name : value));
}
