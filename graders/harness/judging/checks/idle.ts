import { isDeepStrictEqual } from 'node:util';
import { toBuffer, toBytes } from '../../base/bytes.ts';
import type { KeySnapshot, Keyspace } from '../../evidence/evidence.ts';
import { withoutNotedCount } from '../../evidence/hyperloglog.ts';
import type { RunView } from './run-view.ts';

/** True for a script that changed nothing at all, in the main run neither. */
export function isIdle({ evidence, main }: RunView): boolean {
  return [evidence, main].every(({ before, after }) => isDeepStrictEqual(lasting(before), lasting(after)));
}

/** A key without what reading it changes: PFCOUNT notes its result in the HyperLogLog that it counts. */
export function lastingContent(key: KeySnapshot): KeySnapshot {
  if (key.type !== 'string' || key.hyperloglog === undefined) return key;
  return { ...key, value: toBytes(withoutNotedCount(toBuffer(key.value))) };
}

function lasting({ databases }: Keyspace): Keyspace {
  return {
    databases: databases.map((database) => ({ ...database, keys: database.keys.map(lastingContent) })),
  };
}
