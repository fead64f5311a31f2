import { describe, expect, it } from 'vitest';
import { UsageError } from '../../base/errors.ts';
import { parseGraderFile } from './grader-file.ts';

const HEAD = `title: A session
points: 1
checks:
`;

/** A grader with one check, of whose kind these lines tell the rest. */
function withCheck(...lines: string[]): string {
  const common = ['id: a', 'title: It works', 'points: 1', 'hints: [Look again.]'];
  return `${HEAD}  - ${[...common, ...lines].join('\n    ')}\n`;
}

const messageFor = (text: string) => {
  try {
    parseGraderFile(text, 'a.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  return 'valid';
};

describe('parseGraderFile', () => {
  it('gives back what the file says, and names places in it', () => {
    const { content, errorAt } = parseGraderFile(withCheck('kind: key-exists', 'key: k'), 'a.yaml');
    expect(content).toEqual({
      title: 'A session',
      points: 1,
      checks: [
        { id: 'a', title: 'It works', points: 1, hints: ['Look again.'], kind: 'key-exists', key: 'k' },
      ],
    });
    expect(errorAt(['checks', 0, 'kind'], 'odd').message).toBe('a.yaml:8:5: odd');
    expect(errorAt(['checks', 0, 'hints', 0], 'odd').message).toBe('a.yaml:7:13: odd');
    expect(errorAt(['checks', 0, 'no-such'], 'odd').message).toBe('a.yaml:4:5: odd');
    expect(errorAt(['no-such', 7], 'odd').message).toBe('a.yaml:1:1: odd');
  });

  it.each([
    ['key-exists', 'key: k', 'db: 3'],
    ['key-absent', 'key: k'],
    ['key-absent', 'prefix: k', 'db: 3'],
    ['key-type', 'key: k', 'type: zset'],
    [
      'hash-fields',
      'key: k',
      'fields: { a: 1, b: x, c: { isoDateTime: true, not: "2025" }, d: { any: true } }',
    ],
    ['field-count', 'key: k', 'count: 6'],
    ['string-value', 'key: k', 'value: { oneOf: [1, "2"], pattern: "^[12]$" }'],
    ['string-value', 'key: k', 'value: { json: { a: [1, null, { b: true }] } }'],
    ['string-value', 'key: k', `value: { jsonHas: { '$.a[0].b_c': 1, '$["d e"]': { not: { length: 3 } } } }`],
    [
      'string-value',
      'key: k',
      'value: { anyOf: [{ between: [1, 2] }, { near: { number: 3, tolerance: 1 } }] }',
    ],
    ['list-items', 'key: k', 'items: [a, { pattern: b }]'],
    ['set-members', 'key: k', 'members: [a, 1, { allOf: [{ atLeast: 1 }, { atMost: 2 }] }]'],
    ['keys-matching', 'pattern: k*', 'count: { atLeast: 1 }', 'type: hash', 'each: { ttl: none }'],
    ['no-ttl', 'key: k', 'db: 1'],
    ['ran-together', 'commands: [{ command: SET }, { anyOf: [{ command: GET }] }]', 'within: script'],
    ['sorted-set-members', 'key: k', 'members: { Darth_Vader: 98.5, TK421: { atLeast: 3 } }'],
    ['atomic', 'keys: [k]'],
    ['atomic', 'key: k', 'rival: [SET k 1]'],
    ['atomic', 'keys: [k]', 'field: f'],
    ['atomic', 'keys: [k]', 'members: [m]'],
    ['moved-element', 'from: a', 'to: b', 'judge: from', 'out: LEFT', 'into: LEFT'],
    ['atomic', 'from: a', 'to: b'],
    ['ttl', 'key: k', 'seconds: 3600', 'tolerance: 60'],
    ['only-keys', 'keys: []', 'setup: true'],
    ['unchanged', 'keys: [k]', 'except: { k: [a] }'],
    [
      'command-ran',
      'command: [HSET, HMSET]',
      'args: [k, { any: true }]',
      'has: [a, 1]',
      'options: { EX: 300 }',
    ],
    ['command-ran', 'anyOf: [{ command: SCRIPT LOAD }, { command: EVAL, lua: false }]', 'times: 2'],
    ['command-not-run', 'command: KEYS', 'before: { command: GET }', 'after: { anyOf: [{ command: SET }] }'],
    ['output-contains', 'texts: [a, 1]', 'stream: stderr'],
    ['output-matches', "pattern: '^a+$'"],
    ['output-items', 'items: [a, 1]', 'without: [b]'],
    ['output-items', "from: { keys: 'session:', type: hash, countOnly: true }"],
    ['exit-code', 'code: 0'],
    ['custom', 'function: windows'],
  ])('accepts a check of kind %s with %s', (kind, ...lines) => {
    expect(messageFor(withCheck(`kind: ${kind}`, ...lines))).toBe('valid');
  });

  it.each([
    ['', 'a.yaml:1:1: the document: must be object'],
    ['[]', 'a.yaml:1:1: the document: must be object'],
    ['title: a\npoints: 1\n', 'a.yaml:1:1: the document: checks is missing'],
    ['title: a\npoints: 1\nchecks: []\n', 'a.yaml:3:1: checks: must NOT have fewer than 1 items'],
    ['title: a\ntitel: b\n', 'a.yaml:1:1: the document: points is missing'],
    ['title: a\npoints: 0\nchecks: [{}]\n', 'a.yaml:2:1: points: must be > 0'],
    ['title: a\ntitle: b\n', 'a.yaml:2:1: not valid YAML: Map keys must be unique'],
    ['title: "a\npoints: 1\n', 'a.yaml:3:1: not valid YAML: Missing closing "quote'],
    ['title: a\n points: 1\n', 'a.yaml:1:8: not valid YAML: Nested mappings are not allowed'],
    ['title: *nobody\n', 'not valid YAML: Unresolved alias'],
    [`${HEAD}  - id: a\n`, 'a.yaml:4:5: checks.0: kind is missing'],
    [withCheck('kind: hash-field'), 'a.yaml:8:5: checks.0.kind: there is no kind named "hash-field"'],
    [withCheck('kind: 5'), 'a.yaml:8:5: checks.0.kind: must be a text'],
    [withCheck('kind: key-exists'), 'a.yaml:4:5: checks.0: key is missing'],
    [
      withCheck('kind: key-exists', 'key: k', 'keey: k'),
      'a.yaml:10:5: checks.0.keey: there is no such property here',
    ],
    [
      withCheck('kind: key-type', 'key: k', 'type: hsah'),
      'a.yaml:10:5: checks.0.type: must be one of string, list',
    ],
    [
      withCheck('kind: string-value', 'key: k', 'value: { jsonHas: { a.b: 1 } }'),
      'a.yaml:10:25: checks.0.value.jsonHas.a.b: must match pattern',
    ],
    [
      withCheck('kind: string-value', 'key: k', 'value: { anyOf: [{ betwen: [1, 2] }] }'),
      'a.yaml:10:24: checks.0.value.anyOf.0.betwen: there is no such property here; did you mean between?',
    ],
    [
      withCheck('kind: string-value', 'key: k', 'value: { length: {} }'),
      'a.yaml:10:14: checks.0.value.length: must be integer',
    ],
    [
      withCheck('kind: ran-together', 'commands: [{ command: GET }]'),
      'a.yaml:9:5: checks.0.commands: must NOT have fewer than 2 items',
    ],
    [withCheck('kind: command-ran'), 'a.yaml:4:5: checks.0: command is missing'],
    [
      withCheck('kind: command-not-run', 'after: { command: GET }'),
      'a.yaml:4:5: checks.0: command is missing',
    ],
    [
      withCheck('kind: command-ran', 'command: GET', 'after: {}'),
      'a.yaml:10:5: checks.0.after: command is missing',
    ],
    [withCheck('kind: key-absent'), 'a.yaml:4:5: checks.0: key is missing'],
    [
      withCheck('kind: key-absent', 'key: k', 'prefix: k'),
      'a.yaml:10:5: checks.0.prefix: does not go with the other properties here',
    ],
    [
      withCheck('kind: atomic', 'keys: [k]', 'field: f', 'members: [m]'),
      'a.yaml:11:5: checks.0.members: does not go with the other properties here',
    ],
    [
      withCheck('kind: moved-element', 'from: a', 'to: b', 'judge: to', 'out: LEFT'),
      'a.yaml:4:5: checks.0: into is missing',
    ],
    [withCheck('kind: output-items'), 'a.yaml:4:5: checks.0: items is missing'],
    [
      withCheck('kind: output-matches', 'pattern: "(a"'),
      'a.yaml:9:5: checks.0.pattern: must match format "regex"',
    ],
    // Of a union, the branch that fits best tells the mistake.
    [
      withCheck('kind: hash-fields', 'key: k', 'fields:', '  a: { eqals: 1 }'),
      'a.yaml:11:12: checks.0.fields.a.eqals: there is no such property here',
    ],
    [
      withCheck('kind: output-items', 'from: { keys: a, type: hsah }'),
      'a.yaml:9:22: checks.0.from.type: must be one of string',
    ],
    [
      'title: a\npoints: 1\nvariants:\n  - { id: V, title: v, setup: [] }\nchecks: [{}]\n',
      'a.yaml:4:7: variants.0.id: must match pattern',
    ],
    [
      'title: a\npoints: 1\nvariants:\n  - { id: v, title: v, setup: [], exceptLanguages: [pyhton] }\nchecks: [{}]\n',
      'a.yaml:4:53: variants.0.exceptLanguages.0: must be one of command-file, bash',
    ],
  ])('tells where %j is wrong', (text, message) => {
    expect(messageFor(text)).toContain(message);
  });
});
