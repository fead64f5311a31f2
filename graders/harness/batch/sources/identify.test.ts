import { describe, expect, it } from 'vitest';
import { UsageError } from '../../base/errors.ts';
import { useTestFolder } from '../../testing/repository.ts';
import { type Candidate, identify, safeId } from './identify.ts';
import { readRoster } from './roster.ts';

const folder = useTestFolder();

const vague = (...names: string[]): Candidate[] =>
  names.map((name) => ({ name, isExact: false, from: name }));

async function join(candidates: readonly Candidate[], ...usernames: string[]) {
  const text = ['identifier,github_username', ...usernames.map((name) => `${name}@example.org,${name}`)];
  const roster = await readRoster(await folder.write('roster.csv', text.join('\n')));
  const told: string[] = [];
  const { identified, absent } = identify(candidates, roster, (line) => told.push(line));
  return {
    ids: Object.fromEntries(identified.map(({ id, learner }) => [id, learner?.username ?? null])),
    absent: absent.map(({ username }) => username),
    told,
  };
}

describe('identify', () => {
  it("reads Classroom 50's names by the roster", async () => {
    const names = vague('cs-50-sessions-anna', 'cs-50-sessions-anna-b', 'cs-50-sessions-stranger');
    const { ids, absent, told } = await join(names, 'B', 'Anna', 'anna-b');
    expect(ids).toEqual({ anna: 'Anna', 'anna-b': 'anna-b', stranger: null });
    expect(absent).toEqual(['B']);
    expect(told).toEqual([
      'By the roster, names are read as cs-50-sessions-<username>. Otherwise, name the part: {id}.',
    ]);
  });

  it('takes names as they stand where these are on the roster, identifiers too', async () => {
    const { ids, told } = await join(vague('anna', 'b@example.org', 'x-anna-b'), 'anna', 'b');
    expect(ids).toEqual({ anna: 'anna', 'b_example.org': 'b', 'x-anna-b': null });
    expect(told).toEqual([]);
  });

  it('says so where nothing fits the roster', async () => {
    await expect(join(vague('one', 'two'), 'anna')).rejects.toThrow(
      /^Nobody on the roster .*roster\.csv fits any of 2 submissions: one and two\.\nName the part/,
    );
  });

  it('refuses two of one submitter, in other letters or by another name', async () => {
    await expect(join(vague('anna', 'ANNA'), 'anna')).rejects.toThrow(
      "2 submissions are anna@example.org's: anna and ANNA.",
    );
    await expect(join(vague('anna', 'anna@example.org'), 'anna')).rejects.toThrow(UsageError);
    const named = ['x', 'y'].map((from) => ({ name: 'a b', isExact: true, from: `list:${from}` }));
    expect(() => identify(named, undefined, () => undefined)).toThrow(
      "2 submissions are a b's: list:x and list:y.",
    );
  });

  it.each([
    [
      ['a b', 'a_b'],
      ['a_b-c8687a08', 'a_b'],
    ],
    [
      ['a_b', 'a b', 'c'],
      ['a_b', 'a_b-c8687a08', 'c'],
    ],
    [
      ['a b', 'a:b'],
      ['a_b-c8687a08', 'a_b-?'],
    ],
    [
      ['anna', 'ANNA'],
      ['anna', 'ANNA-?'],
    ],
    [
      ['Anna', 'ANNA'],
      ['Anna-?', 'ANNA-?'],
    ],
    [['a b'], ['a_b']],
    // Somebody took the name that another was to have.
    [
      ['a b', 'a_b', 'a_b-c8687a08'],
      ['a_b-c8687a08[0-9a-f]{8}', 'a_b', 'a_b-c8687a08'],
    ],
  ])('tells different names apart that would name the same files: %j', (names, ids) => {
    const told: string[] = [];
    const named = names.map((name) => ({ name, isExact: true, from: name }));
    const { identified } = identify(named, undefined, (line) => told.push(line));
    const found = identified.map(({ id }) => id);
    for (const [index, id] of ids.entries())
      expect(found[index]).toMatch(new RegExp(`^${id.replace('?', '[0-9a-f]{8}')}$`));
    expect(new Set(found.map((id) => id.toLowerCase())).size).toBe(names.length);
    // Whatever order they come in.
    const again = identify([...named].reverse(), undefined, () => undefined).identified.map(({ id }) => id);
    expect(again.reverse()).toEqual(found);
    const renamed = ids.filter((id) => id.includes('-')).length;
    expect(told).toHaveLength(renamed > 0 ? 1 : 0);
    if (names.length === 2 && names[0] === 'a b' && names[1] === 'a_b')
      expect(told).toEqual([
        'Told apart, since other names look the same in file names: a b is a_b-c8687a08.',
      ]);
  });
});

describe('safeId', () => {
  it.each([
    ['leia-o', 'leia-o'],
    ['Anna Lee_123', 'Anna_Lee_123'],
    ['../../etc/passwd', '_._.._etc_passwd'],
    ['.', '_'],
    ['a\u0000b\n\u202ec:d', 'a_b__c_d'],
    ['Zoe\u0308 李', 'Zo\u00eb_李'],
    ['NUL', 'NUL_'],
    ['con.x', 'con_.x'],
    ['-rf', '_rf'],
  ])('%j is %j', (name, id) => {
    expect(safeId(name)).toBe(id);
  });

  it('keeps long names apart', () => {
    const [one, two] = [safeId(`${'李'.repeat(300)}a`), safeId(`${'李'.repeat(300)}b`)];
    expect(one).not.toBe(two);
    expect(Buffer.byteLength(one)).toBeLessThanOrEqual(200);
  });
});
