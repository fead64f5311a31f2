import { textOf } from '../../evidence/bytes.ts';
import { show } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { type Failure, PASS } from '../finding.ts';
import { initialField } from '../initial-value.ts';
import { isFailure, KEY_PROPERTIES, type KeyParam, keyOfType } from '../key-param.ts';
import { asksForInitial, describeMatcher, MATCHER_SCHEMA, type Matcher, mismatch } from '../matcher.ts';

interface HashFieldsParams extends KeyParam {
  fields: Record<string, Matcher>;
}

export const hashFields: CheckKind<HashFieldsParams> = {
  kind: 'hash-fields',
  description: 'The hash holds these fields with these values. It may hold more: see field-count.',
  properties: {
    ...KEY_PROPERTIES,
    fields: {
      type: 'object',
      minProperties: 1,
      additionalProperties: MATCHER_SCHEMA,
      description: 'What each field must hold.',
    },
  },
  required: ['key', 'fields'],
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const { key, db = 0, fields } = parameters;
    const hash = keyOfType(run, parameters, 'hash');
    if (isFailure(hash)) return hash;
    const wrong = Object.entries(fields).flatMap(([field, matcher]): Failure[] => {
      const found = hash.fields.find((entry) => textOf(entry.field) === field);
      const initial = asksForInitial(matcher) ? initialField(run, key, field, db) : undefined;
      if (!found) {
        return [
          {
            passed: false,
            expected: `${field} = ${describeMatcher(matcher, initial)}`,
            actual: `no field ${field}`,
          },
        ];
      }
      const miss = mismatch(matcher, found.value, initial);
      if (!miss) return [];
      const failure: Failure = {
        passed: false,
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
      commands: changesOf(run, key),
    };
  },
};
