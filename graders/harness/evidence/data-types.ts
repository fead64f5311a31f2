import type { KeySnapshot } from './evidence.ts';

/**
 * The data types whose content is kept as evidence, by the names that Valkey's TYPE has for them. Of any other
 * type only the name is kept.
 */
export const DATA_TYPES = {
  string: { title: 'string', element: 'byte' },
  list: { title: 'list', element: 'item' },
  set: { title: 'set', element: 'member' },
  zset: { title: 'sorted set', element: 'member' },
  hash: { title: 'hash', element: 'field' },
} as const satisfies Record<DataType, DataTypeWords>;

export type DataType = Exclude<KeySnapshot['type'], 'other'>;

interface DataTypeWords {
  /** What people call it. */
  title: string;
  /** One of the things that a key of this type holds. */
  element: string;
}

/** Their names, as TYPE has them. */
export const DATA_TYPE_NAMES = Object.keys(DATA_TYPES) as DataType[];

/** Types that Valkey itself has, including those of which only the name is kept. Modules bring others. */
export const OWN_TYPE_NAMES = [...DATA_TYPE_NAMES, 'stream'] as const;

export function isDataType(type: string): type is DataType {
  return Object.hasOwn(DATA_TYPES, type);
}
