import { describe, expect, it } from 'vitest';
import { bytes, hash, keyspace, makeView, string } from '../../testing/evidence.ts';
import { fieldText, keyName } from './run-view.ts';

describe('RunView', () => {
  const view = makeView(
    {
      before: { main: '1' },
      commands: ['GET main'],
      language: 'bash',
      source: 'x',
      variants: {
        v: {
          before: { k: '1' },
          after: keyspace({ b: '1', a: '2' }, { 3: { a: '3' } }),
          commands: ['HELLO 3', { run: 'GET a', line: 4 }, { run: 'HGET b c', line: 5 }, 'PING'],
          replies: [
            { line: 4, args: ['GET', 'a'], reply: '"2"', error: false },
            { line: 5, args: ['HGET', 'b', 'c'], reply: '(error) WRONGTYPE', error: true },
          ],
        },
      },
    },
    'v',
  );

  it('finds keys by name and database, after and before the script, and in the main set-up', () => {
    expect(view.key('a')).toMatchObject({ value: '2' });
    expect(view.key('a', 3)).toMatchObject({ value: '3' });
    expect(view.key('a', 4)).toBeUndefined();
    expect([view.key('k'), view.keyBefore('k')]).toMatchObject([undefined, { value: '1' }]);
    expect([view.keyBefore('main'), view.keyOfMainSetup('main')]).toMatchObject([undefined, { value: '1' }]);
    const names = view.keysAfter.map(({ db, key }) => `${db}:${keyName(key)}`);
    expect(names).toEqual(['0:a', '0:b', '3:a']);
  });

  it('tells the keys of its own and of the main set-up from all others', () => {
    const [k] = view.keysBefore;
    expect(k && view.isOfSetup(k)).toBe(true);
    expect(k && view.isOfSetup({ ...k, db: 1 })).toBe(false);
    expect(view.keysAfter.map((placed) => view.isOfSetup(placed))).toEqual([false, false, false]);
    const [main] = makeView({ before: { main: '1' } }).keysBefore;
    expect(main && view.isOfSetup(main)).toBe(true);
  });

  it('tells the commands of the script from those of its client', () => {
    expect(view.commands.map(({ name }) => name)).toEqual(['HELLO', 'GET', 'HGET', 'PING']);
    expect(view.ownCommands.map(({ name }) => name)).toEqual(['GET', 'HGET']);
    expect([view.language, view.source]).toEqual(['bash', 'x']);
  });

  it('knows the commands that were answered with an error', () => {
    expect(view.commands.map((command) => view.failed(command))).toEqual([false, false, true, false]);
  });

  it('writes notes', () => {
    const [, get] = view.commands;
    expect(get && view.note(get, 'read it')).toEqual({
      line: 4,
      command: 'GET a',
      effect: 'read it',
      index: 1,
    });
  });
});

describe('fieldText', () => {
  it('is the text of a field, if it is one', () => {
    const key = (fields: Parameters<typeof hash>[0]) => ({ key: 'k', ...hash(fields) }) as never;
    expect(fieldText(key({ a: '1' }), 'a')).toBe('1');
    expect(fieldText(key({ a: bytes(0xff) }), 'a')).toBeUndefined();
    expect(fieldText(key({}), 'a')).toBeUndefined();
    expect(fieldText({ key: 'k', ...string('a') } as never, 'a')).toBeUndefined();
    expect(fieldText(undefined, 'a')).toBeUndefined();
  });
});
