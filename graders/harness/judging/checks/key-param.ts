import { DATA_TYPES, type DataType, isDataType } from '../../evidence/data-types/index.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { changesOf } from './effects.ts';
import type { Failure } from './finding.ts';
import { misspeltKey } from './misspelling.ts';
import { integer, optional, text } from './parameters.ts';
import { keyName, type RunView } from './run-view.ts';

/** The parameters of every check that looks at one key. */
export const KEY = {
  key: text({ minLength: 1, description: "The key's name." }),
  db: optional(integer({ minimum: 0, description: 'The database; 0 where it is left out.' })),
};

export interface KeyParam {
  key: string;
  db?: number;
}

type KeyOfType<Type extends DataType> = Extract<KeySnapshot, { type: Type }>;

/** The key where it is of the wanted type, otherwise the failure that says what is there instead. */
export function keyOfType<Type extends DataType>(
  run: RunView,
  { key, db = 0 }: KeyParam,
  type: Type,
): KeyOfType<Type> | Failure {
  const found = run.key(key, db);
  if (found?.type === type) return found as KeyOfType<Type>;
  return {
    passed: false,
    expected: article(type),
    actual: describeKey(run, key, db),
    commands: changesOf(run, key),
  };
}

/** True for what {@link keyOfType} gives back where the key is not there or of another type. */
export function isFailure(value: object): value is Failure {
  return 'passed' in value;
}

/** What is there in the place of a key, in words. */
export function describeKey(run: RunView, name: string, db = 0): string {
  const found = run.key(name, db);
  if (found?.type === 'string' && found.hyperloglog !== undefined) return 'a HyperLogLog';
  if (found) return article(typeName(found));
  const elsewhere = run.keysAfter.find((placed) => keyName(placed.key) === name);
  if (elsewhere) return `no such key in database ${db}: it is in database ${elsewhere.db}`;
  return `no such key${misspeltKey(run, name, db)}`;
}

/** The type's name as Valkey's TYPE has it. */
export function typeName(key: KeySnapshot): string {
  return key.type === 'other' ? key.name : key.type;
}

/** A type in words. */
export function article(type: string): string {
  return isDataType(type) ? `a ${DATA_TYPES[type].title}` : `a value of type ${type}`;
}
