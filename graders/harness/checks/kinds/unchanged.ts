import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../../evidence/bytes.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { show, showArgument } from '../../text/printable.ts';
import { type CheckKind, type Failure, PASS } from '../check.ts';
import { changesOf } from '../effects.ts';
import { article, typeName } from '../key-param.ts';
import { keyName, type PlacedKey, type RunView } from '../run-view.ts';

interface UnchangedParams {
  keys?: string[];
  except?: Record<string, string[]>;
}

export const unchanged: CheckKind<UnchangedParams> = {
  kind: 'unchanged',
  description: 'The keys of the set-up are as the set-up left them: type, value and TTL.',
  properties: {
    keys: {
      type: 'array',
      minItems: 1,
      items: { type: 'string' },
      description: 'Only these keys; all where it is left out.',
    },
    except: {
      type: 'object',
      additionalProperties: { type: 'array', items: { type: 'string' } },
      description: 'Fields of hashes that may change, by key.',
    },
  },
  required: [],
  keys: ({ keys = [] }) => keys,
  judge({ keys, except = {} }, run) {
    const watched = run.keysBefore.filter(
      ({ key }) => keys === undefined || keys.includes(keyName(key) ?? ''),
    );
    const failures = watched.flatMap(
      (placed) => changeOf(placed, run, except[keyName(placed.key) ?? ''] ?? []) ?? [],
    );
    if (failures.length === 0) return PASS;
    return {
      passed: false,
      expected: failures.map(({ expected }) => expected).join('\n'),
      actual: failures.map(({ actual }) => actual).join('\n'),
      commands: failures.flatMap(({ commands = [] }) => commands).slice(0, 6),
    };
  },
};

function changeOf(
  { key: before, db }: PlacedKey,
  run: RunView,
  exempt: readonly string[],
): Failure | undefined {
  const name = keyName(before);
  const after = name === undefined ? undefined : run.key(name, db);
  const change = describeChange(without(before, exempt), after && without(after, exempt));
  if (!change) return undefined;
  const place = showArgument(before.key);
  return {
    passed: false,
    expected: `${place}: ${change.expected}`,
    actual: `${place}: ${change.actual}`,
    commands: changesOf(run, name ?? ''),
  };
}

function describeChange(
  before: KeySnapshot,
  after: KeySnapshot | undefined,
): { expected: string; actual: string } | undefined {
  if (!after) return { expected: `${article(typeName(before))}, as the set-up left it`, actual: 'gone' };
  if (before.type !== after.type)
    return { expected: article(typeName(before)), actual: article(typeName(after)) };
  if (before.expireAt !== after.expireAt) {
    return {
      expected: before.expireAt === null ? 'no TTL' : 'the TTL of the set-up',
      actual: after.expireAt === null ? 'no TTL' : 'another TTL',
    };
  }
  if (isDeepStrictEqual(before, after)) return undefined;
  if (before.type === 'hash' && after.type === 'hash') return describeFields(before, after);
  if (before.type === 'string' && after.type === 'string')
    return { expected: show(before.value), actual: show(after.value) };
  return { expected: 'as the set-up left it', actual: 'changed' };
}

type Hash = Extract<KeySnapshot, { type: 'hash' }>;

function describeFields(before: Hash, after: Hash): { expected: string; actual: string } {
  const names = new Set([...before.fields, ...after.fields].map(({ field }) => textOf(field) ?? show(field)));
  const changed = [...names].filter(
    (name) => !isDeepStrictEqual(fieldValue(before, name), fieldValue(after, name)),
  );
  const say = (hash: Hash) =>
    changed
      .map((name) => {
        const value = fieldValue(hash, name);
        return value === undefined
          ? `no field ${showArgument(name)}`
          : `${showArgument(name)} = ${show(value)}`;
      })
      .join(', ');
  return { expected: say(before), actual: say(after) };
}

function fieldValue(hash: Hash, name: string) {
  return hash.fields.find(({ field }) => (textOf(field) ?? show(field)) === name)?.value;
}

function without(key: KeySnapshot, exempt: readonly string[]): KeySnapshot {
  if (key.type !== 'hash' || exempt.length === 0) return key;
  return { ...key, fields: key.fields.filter(({ field }) => !exempt.includes(textOf(field) ?? '')) };
}
