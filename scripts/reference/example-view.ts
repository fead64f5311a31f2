import { changeOf } from '../../graders/harness/evidence/change.ts';
import type { Replay, RivalTrial, Step } from '../../graders/harness/evidence/evidence.ts';
import type { BoundCheck } from '../../graders/harness/judging/checks/check-kind.ts';
import type { ExampleKey, KindExample } from '../../graders/harness/judging/checks/kind-example.ts';
import type { RunView } from '../../graders/harness/judging/checks/run-view.ts';
import {
  hash,
  hyperloglog,
  hyperloglogOf,
  type Keys,
  list,
  makeView,
  set,
  string,
  zset,
} from '../../graders/harness/testing/evidence.ts';
import { stream } from '../../graders/harness/testing/made-stream.ts';

/** The run of an example, as its check looks at it. */
export function exampleView({ seen, variant }: KindExample, { rivals }: Pick<BoundCheck, 'rivals'>): RunView {
  const { before = {}, after = {}, ...others } = seen;
  const options = { ...others, before: keysOf(before), after: keysOf(after) };
  // What the commands of the few kinds that ask for it did is plain: the last one that names a key made it so.
  const replay = madeReplay(makeView(options));
  const view = makeView({ ...options, replay });
  if (!rivals) return variant === undefined ? view : makeView(options, variant);
  const trials = rivals(view).map(
    (rival): RivalTrial => ({
      ...rival,
      commands: [...rival.commands],
      keys: [...rival.keys],
      held: view.keysBefore.map(({ key }) => key),
      steps: replay.steps,
      until: 'end',
    }),
  );
  return makeView({ ...options, replay: { ...replay, rivals: trials } });
}

function madeReplay({ commands, keysBefore, keysAfter }: RunView): Replay {
  const names = new Set([...keysBefore, ...keysAfter].map(({ key }) => String(key.key)));
  const last = (name: string) => commands.findLast(({ args }) => args.includes(name));
  const of = (keys: RunView['keysAfter'], name: string) =>
    keys.find(({ key }) => key.key === name)?.key ?? null;
  const steps = commands.map((command): Step => {
    const named = [...names].filter((name) => command.args.includes(name));
    return {
      entry: command.index,
      entries: 1,
      reply: null,
      keys: named.map((key) => ({ db: 0, key, use: command === last(key) ? 'write' : 'read' })),
      changes: named.flatMap((name) =>
        command === last(name) ? (changeOf(0, of(keysBefore, name), of(keysAfter, name)) ?? []) : [],
      ),
    };
  });
  return { steps, until: 'end', unlike: [] };
}

function keysOf(keys: Record<string, ExampleKey>): Keys {
  return Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, bodyOf(key)]));
}

function bodyOf(key: ExampleKey): Keys[string] {
  if (typeof key === 'string') return key;
  const options = key.ttl === undefined ? {} : { ttl: key.ttl };
  if ('string' in key) return string(key.string, options);
  if ('hyperloglog' in key)
    return typeof key.hyperloglog === 'number'
      ? hyperloglog(key.hyperloglog)
      : hyperloglogOf(key.hyperloglog);
  if ('list' in key) return list(key.list, options);
  if ('set' in key) return set(key.set, options);
  if ('stream' in key) return stream(key.stream, key.groups, options);
  return 'zset' in key ? zset(key.zset, options) : hash(key.hash, options);
}
