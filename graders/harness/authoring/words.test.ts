import { describe, expect, it } from 'vitest';
import { commandWords, findWords, wordsOf } from './words.ts';

describe('findWords', () => {
  const text = 'Try this:\n\n- `SET stall:name "Fruit & more"`, and\n  then `GET stall:name`.\n';

  it.each([
    [['SET', 'stall:name', 'Fruit & more'], { line: 3, column: 3 }],
    [['get', 'stall:name'], { line: 4, column: 8 }],
  ])('finds %j whatever quotes and marks it stands in', (args, place) => {
    expect(findWords(wordsOf(text), commandWords(args))).toMatchObject(place);
  });

  it('takes a name in small letters for a command where a key follows', () => {
    expect(findWords(wordsOf('Run get stall:name now.'), ['GET', 'stall:name'])).toBeDefined();
    expect(findWords(wordsOf('First get ready.'), ['GET', 'ready'])).toBeUndefined();
  });

  it.each(['GET stall', 'GET stall:name x', 'DEL stall:name'])('does not find %s', (command) => {
    expect(findWords(wordsOf(text), commandWords(command.split(' ')))).toBeUndefined();
  });
});
