import { describe, expect, it } from 'vitest';
import { makeView } from '../../testing/evidence.ts';

/** The line that each command gets in the notes of a report. */
function linesOf(source: string, ...commands: string[]): (number | null)[] {
  const view = makeView({ source, commands });
  return view.commands.map((command) => view.note(command).line);
}

describe('lineInScript', () => {
  it.each([
    [
      'Python',
      "import redis\n\nr = redis.Redis()\nr.hset('session:han_solo', mapping=d)\nr.expire('session:han_solo', 3600)",
    ],
    [
      'JavaScript',
      '\n\n\nawait client.hset("session:han_solo", data);\nawait client.expire("session:han_solo", 3600);',
    ],
    [
      'Bash',
      '#!/bin/bash\n# HSET session:han_solo\n\nvalkey-cli HSET session:han_solo credits 1\nvalkey-cli EXPIRE session:han_solo 3600',
    ],
  ])('finds the lines of %s', (_, source) => {
    expect(linesOf(source, 'HSET session:han_solo credits 1', 'EXPIRE session:han_solo 3600')).toEqual([
      4, 5,
    ]);
  });

  it('tells equal commands apart by their order', () => {
    expect(linesOf('r.get("a")\nr.get("b")\nr.get("a")', 'GET a', 'GET b', 'GET a')).toEqual([1, 2, 3]);
  });

  it('says nothing where it is not sure', () => {
    // A loop, a key that is worked out, a line that names two.
    expect(linesOf('for _ in x:\n  r.incr("a")', 'INCR a', 'INCR a')).toEqual([null, null]);
    expect(linesOf('r.incr(key)', 'INCR a')).toEqual([null]);
    expect(linesOf('r.incr("a"); r.incr("a")', 'INCR a', 'INCR a')).toEqual([null, null]);
    expect(linesOf('if x:\n  r.incr("a")\nelse:\n  r.incr("a")', 'INCR a')).toEqual([null]);
  });

  it('takes no other command and no other key for the same', () => {
    const source = "r.setnx('a', 1)\nr.hset('a', 1)\nr.set('ab', 1)\nr.set('a:b', 1)\nr.set('a', 1)";
    expect(linesOf(source, 'SET a 1')).toEqual([5]);
  });

  it('finds commands without arguments, and takes the container for the name', () => {
    expect(linesOf('valkey-cli FLUSHALL\nvalkey-cli SCRIPT LOAD x', 'FLUSHALL', 'SCRIPT LOAD x')).toEqual([
      1, 2,
    ]);
  });

  it('takes comments for no command', () => {
    expect(linesOf('# r.get("a")\n// r.get("a")\n * get("a")\nr.get("a")', 'GET a')).toEqual([4]);
  });

  it('gives no line to what Lua ran, or to a key that is not text', () => {
    const view = makeView({ source: 'GET a', commands: [{ run: 'GET a', lua: true }, 'GET "\\xff"'] });
    expect(view.commands.map((command) => view.note(command).line)).toEqual([null, null]);
  });

  it('relies on the line that a command file has', () => {
    const view = makeView({ source: 'GET a', commands: [{ run: 'GET a', line: 9 }] });
    expect(view.commands.map((command) => view.note(command).line)).toEqual([9]);
    expect(makeView({ source: null, commands: ['GET a'] }).commands).toHaveLength(1);
  });
});
