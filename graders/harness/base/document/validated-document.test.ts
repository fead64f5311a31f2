import { describe, expect, it } from 'vitest';
import { UsageError } from '../errors.ts';
import { count, documentSchema, list, nullable, object, ref, string } from './schema.ts';
import { parseValidated, parseValidatedJson } from './validated-document.ts';
import { lazyValidator } from './validator.ts';

interface Menu {
  version: 1;
  name: string;
  guests: { name: string; drinks: number; table: string | null }[];
}

const validator = lazyValidator(() =>
  documentSchema('Menu', {
    ...object({
      version: { const: 1 },
      name: { ...string, pattern: '\\S' },
      guests: list(ref('guest')),
    }),
    definitions: {
      guest: object({ name: string, drinks: count, table: nullable({ enum: ['bar_3', 'booth_7'] }) }),
    },
  }),
);

const parse = (text: string, name = 'menu.yaml') => parseValidated<Menu>(text, name, validator());
const parseJson = (text: string) => parseValidatedJson<Menu>(text, 'menu.json', 1, validator());

/** The message of the UsageError that a call ends with. */
function complaint(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('it passed');
}

const good = `version: 1
name: Cantina
guests:
  - name: han
    drinks: 2
    table: booth_7
  - { name: luke, drinks: 1, table: null }
`;
const content: Menu = {
  version: 1,
  name: 'Cantina',
  guests: [
    { name: 'han', drinks: 2, table: 'booth_7' },
    { name: 'luke', drinks: 1, table: null },
  ],
};

describe('parseValidated', () => {
  it('gives back what fits the schema, from YAML and from JSON', () => {
    expect(parse(good).content).toEqual(content);
    expect(parse(JSON.stringify(content)).content).toEqual(content);
  });

  it.each([
    [
      'an unknown property',
      good.replace('name: Cantina', 'nmae: Cantina\nname: C'),
      '2:1: nmae: there is no such property here',
    ],
    ['a missing property', good.replace('    drinks: 2\n', ''), '4:5: guests.0: drinks is missing'],
    [
      'a value of the wrong type',
      good.replace('drinks: 2', 'drinks: two'),
      '5:5: guests.0.drinks: must be integer',
    ],
    ['a value out of range', good.replace('drinks: 1', 'drinks: -1'), '7:19: guests.1.drinks: must be >= 0'],
    [
      'a value that is none of those allowed',
      good.replace('booth_7', 'booth_8'),
      '6:5: guests.0.table: must be one of bar_3, booth_7',
    ],
    ['another version', good.replace('version: 1', 'version: 2'), '1:1: version: must be 1'],
    ['a text that is no document', 'just words', '1:1: the document: must be object'],
    ['an empty text', '', '1:1: the document: must be object'],
  ])('names file, line and column of %s', (_, text, message) => {
    expect(complaint(() => parse(text))).toBe(`menu.yaml:${message}`);
  });

  it.each([
    ['broken YAML', 'name: "never closed\nguests: []', /^menu\.yaml:2:\d+: not valid YAML: /],
    ['a property that is there twice', 'name: a\nname: b', /^menu\.yaml:2:1: not valid YAML: .*unique/],
    [
      'several documents',
      '---\nname: a\n---\nname: b',
      /^menu\.yaml:\d+:\d+: not valid YAML: .*multiple documents/,
    ],
    ['an alias that leads nowhere', 'name: *missing', /^menu\.yaml:1:\d+: not valid YAML: .*missing/],
    [
      'aliases that grow without bounds',
      `a: &a [x]\n${'bcdefghi'.replace(/./g, (name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]\n`)}`,
      /^menu\.yaml:1:1: not valid YAML: .*alias/i,
    ],
  ])('names the place of %s', (_, text, message) => {
    expect(complaint(() => parse(text))).toMatch(message);
  });

  it('makes errors for what a schema cannot say, at any place of the document', () => {
    const { errorAt } = parse(good);
    const at = (...path: (string | number)[]) => errorAt(path, 'wrong').message;
    expect(at('guests', 0, 'drinks')).toBe('menu.yaml:5:5: wrong');
    expect(at('guests', 1)).toBe('menu.yaml:7:5: wrong');
    expect(at('guests', 1, 'table')).toBe('menu.yaml:7:30: wrong');
    expect(at('name')).toBe('menu.yaml:2:1: wrong');
    expect(errorAt(['name'], 'wrong')).toBeInstanceOf(UsageError);
  });

  it('goes as far as a path leads', () => {
    const { errorAt } = parse(good);
    expect(errorAt(['guests', 0, 'species', 'home'], 'wrong').message).toBe('menu.yaml:4:5: wrong');
    expect(errorAt(['nothing'], 'wrong').message).toBe('menu.yaml:1:1: wrong');
    expect(errorAt([], 'wrong').message).toBe('menu.yaml:1:1: wrong');
  });
});

describe('parseValidatedJson', () => {
  it('gives back what fits the schema', () => {
    expect(parseJson(JSON.stringify(content))).toEqual(content);
  });

  it('names file, line and column of what does not', () => {
    const text = JSON.stringify({ ...content, name: ' ' }, null, 2);
    expect(complaint(() => parseJson(text))).toBe('menu.json:3:3: name: must match pattern "\\S"');
  });

  it('tells another version before all that has changed with it', () => {
    expect(complaint(() => parseJson('{ "title": "Cantina",\n  "version": 2 }'))).toBe(
      'menu.json:2:3: version 2 cannot be read, only version 1 can: a later keyspace-grader wrote it, so update this one',
    );
    expect(complaint(() => parseJson('{ "title": "Cantina", "version": "1" }'))).toMatch(
      /version "1" cannot be read/,
    );
    expect(complaint(() => parseJson('{ "title": "Cantina" }'))).toMatch(/version is missing$/);
  });

  it('says that broken JSON is broken JSON, and where', () => {
    expect(complaint(() => parseJson('{\n  "name": "C",\n  "guests": [\n'))).toMatch(
      /^menu\.json:4:1: not valid JSON: /,
    );
  });

  it('finds a property whose name holds the signs of a path', () => {
    const text = JSON.stringify({ ...content, 'a/b~c': 1 });
    expect(complaint(() => parseJson(text))).toMatch(/a\/b~c: there is no such property here$/);
  });
});
