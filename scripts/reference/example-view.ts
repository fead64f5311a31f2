import type { ExampleKey, KindExample } from '../../graders/harness/judging/checks/kind-example.ts';
import type { RunView } from '../../graders/harness/judging/checks/run-view.ts';
import {
  hash,
  hyperloglog,
  type Keys,
  list,
  makeView,
  set,
  string,
  zset,
} from '../../graders/harness/testing/evidence.ts';

/** The run of an example, as its check looks at it. */
export function exampleView({ seen, variant }: KindExample): RunView {
  const { before = {}, after = {}, ...others } = seen;
  return makeView({ ...others, before: keysOf(before), after: keysOf(after) }, variant ?? null);
}

function keysOf(keys: Record<string, ExampleKey>): Keys {
  return Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, bodyOf(key)]));
}

function bodyOf(key: ExampleKey): Keys[string] {
  if (typeof key === 'string') return key;
  const options = key.ttl === undefined ? {} : { ttl: key.ttl };
  if ('string' in key) return string(key.string, options);
  if ('hyperloglog' in key) return hyperloglog(key.hyperloglog);
  if ('list' in key) return list(key.list, options);
  if ('set' in key) return set(key.set, options);
  return 'zset' in key ? zset(key.zset, options) : hash(key.hash, options);
}
