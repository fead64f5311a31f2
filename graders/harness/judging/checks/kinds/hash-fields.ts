import { textOf } from '../../../base/bytes.ts';
import { show } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { fieldChangesOf } from '../effects.ts';
import { type Failure, PASS } from '../finding.ts';
import { initialField } from '../initial-value.ts';
import { isFailure, KEY, keyOfType } from '../key-param.ts';
import { asksForInitial, describeMatcher, matcher, mismatch } from '../matcher.ts';
import { misspeltField } from '../misspelling.ts';
import { byName, object } from '../parameters.ts';

/** A field that is not as it must be, in words. */
interface WrongField extends Pick<Failure, 'expected' | 'actual' | 'difference'> {
  field: string;
}

export const hashFields = defineKind({
  kind: 'hash-fields',
  description: 'The hash holds these fields with these values. It may hold more: see field-count.',
  parameters: object({
    ...KEY,
    fields: byName(matcher(), { minProperties: 1, description: 'What each field must hold.' }),
  }),
  example: {
    purpose: 'For what a hash holds. Several fields in one check win or lose their points together.',
    yaml: 'key: session:han_solo\nfields:\n  credits: { increasedBy: -500 }\n  last_activity: { isoDateTime: true, changed: true }',
    mistake: 'the credits were counted up',
    seen: {
      before: { 'session:han_solo': { hash: { credits: '10000', last_activity: '2025-08-28T13:30:00' } } },
      after: { 'session:han_solo': { hash: { credits: '10500', last_activity: '2025-08-28T13:45:00' } } },
      commands: ['HINCRBY session:han_solo credits 500'],
    },
  },
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const { key, db = 0, fields } = parameters;
    const hash = keyOfType(run, parameters, 'hash');
    if (isFailure(hash)) return hash;
    const wrong = Object.entries(fields).flatMap(([field, matcher]): WrongField[] => {
      const found = hash.fields.find((entry) => textOf(entry.field) === field);
      const initial = asksForInitial(matcher) ? initialField(run, key, field, db) : undefined;
      if (!found) {
        return [
          {
            field,
            expected: `${field} = ${describeMatcher(matcher, initial)}`,
            actual: `no field ${field}${misspeltField(run, field, hash, run.keyBefore(key, db))}`,
          },
        ];
      }
      const miss = mismatch(matcher, found.value, initial);
      if (!miss) return [];
      const failure: WrongField = {
        field,
        expected: `${field} = ${miss.expected}`,
        actual: `${field} = ${show(found.value)}`,
      };
      return [miss.difference ? { ...failure, difference: `${field}: ${miss.difference}` } : failure];
    });
    if (wrong.length === 0) return PASS;
    const differences = wrong.flatMap((failure) => failure.difference ?? []);
    return {
      passed: false,
      expected: wrong.map((failure) => failure.expected).join('\n'),
      actual: wrong.map((failure) => failure.actual).join('\n'),
      ...(differences.length > 0 && { difference: differences.join('\n') }),
      commands: fieldChangesOf(run, key, new Set(wrong.map(({ field }) => field))),
    };
  },
});
