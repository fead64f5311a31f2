import { count, shortList } from '../../../base/text/count.ts';
import { show, showArgument } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { type Finding, PASS } from '../finding.ts';
import { describeKey, KEY, type KeyParam } from '../key-param.ts';
import { atLeastOne, notBoth, objectOf, optional, text } from '../parameters.ts';
import { keyName, type RunView } from '../run-view.ts';

interface PrefixParam {
  prefix: string;
  db?: number;
}

const PARAMETERS = objectOf<KeyParam | PrefixParam>(
  {
    key: optional(KEY.key),
    prefix: optional(text({ minLength: 1, description: 'How the names of the keys begin.' })),
    db: KEY.db,
  },
  { ...atLeastOne('key', 'prefix'), ...notBoth('key', 'prefix') },
);

export const keyAbsent = defineKind({
  kind: 'key-absent',
  expects: 'nothing',
  description: 'There is no such key; with `prefix`, no key whose name begins with it.',
  parameters: PARAMETERS,
  example: {
    purpose:
      'For a key that was to be removed or renamed, or, with `prefix`, for a whole family of them, whatever their number.',
    yaml: "prefix: 'cache:'",
    mistake: 'one of three keys was forgotten',
    seen: { after: { 'cache:3': 'old' }, commands: ['DEL cache:1 cache:2'] },
  },
  keys: (parameters) => ('key' in parameters ? [parameters.key] : []),
  judge(parameters, run) {
    return 'key' in parameters ? judgeKey(parameters, run) : judgePrefix(parameters, run);
  },
});

function judgeKey({ key, db = 0 }: KeyParam, run: RunView): Finding {
  if (!run.key(key, db)) return PASS;
  return {
    passed: false,
    expected: `no key named ${key}`,
    actual: describeKey(run, key, db),
    commands: changesOf(run, key),
  };
}

function judgePrefix({ prefix, db = 0 }: PrefixParam, run: RunView): Finding {
  const left = run.keyspaceAfter.startingWith(prefix, db).flatMap((key) => keyName(key) ?? []);
  const notListed = run.keyspaceAfter.notListed(db);
  if (left.length === 0 && notListed === 0) return PASS;
  const found =
    left.length > 0
      ? `${count(left.length, 'such key')}: ${shortList(left.map((name) => show(name)))}`
      : `more keys than are kept: of ${notListed} nobody knows how they begin`;
  return {
    passed: false,
    expected: `no key that begins with ${showArgument(prefix)}`,
    actual: found,
    commands: left.slice(0, 3).flatMap((name) => changesOf(run, name)),
  };
}
