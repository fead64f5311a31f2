import { describe, expect, it } from 'vitest';
import type { Value } from '../../base/bytes.ts';
import { bytes, makeEvidence } from '../../testing/evidence.ts';
import { commandText, isHandshake, type TracedCommand, tracedCommand } from './traced-command.ts';

function traced(run: string, more: { lua?: true; db?: number; line?: number } = {}): TracedCommand {
  const entry = makeEvidence({ commands: [{ run, ...more }] }).runs[0]?.trace.entries[0];
  if (!entry) throw new Error('no entry');
  return tracedCommand(entry, 3);
}

describe('tracedCommand', () => {
  it('has the name in upper case and the arguments behind it', () => {
    expect(traced('hset session:han_solo credits "9 500"', { db: 2, line: 7 })).toMatchObject({
      index: 3,
      name: 'HSET',
      args: ['session:han_solo', 'credits', '9 500'],
      db: 2,
      lua: false,
      line: 7,
      text: 'HSET session:han_solo credits "9 500"',
    });
  });

  it('takes a subcommand for a part of the name', () => {
    expect(traced('script load "return 1"')).toMatchObject({ name: 'SCRIPT LOAD', args: ['return 1'] });
    expect(traced('OBJECT ENCODING k')).toMatchObject({ name: 'OBJECT ENCODING', args: ['k'] });
    expect(traced('COMMAND')).toMatchObject({ name: 'COMMAND', args: [] });
  });

  it('has null for arguments that are not text or were cut', () => {
    expect(traced(`SET "\\xff" ${'x'.repeat(70_000)}`).args).toEqual([null, null]);
  });

  it('tells what Lua ran', () => {
    expect(traced('GET a', { lua: true }).lua).toBe(true);
  });
});

describe('isHandshake', () => {
  it.each([
    'HELLO 3',
    'info',
    'SELECT 0',
    'CLIENT SETINFO LIB-NAME iovalkey',
    'CLIENT SETNAME x',
    'CLIENT ID',
    'COMMAND',
    'COMMAND DOCS',
    'PING',
  ])('is true of %s', (run) => {
    expect(isHandshake(traced(run))).toBe(true);
  });

  it.each(['GET a', 'CLIENT LIST', 'HSET a b c', 'ECHO a', 'CLIENT GETNAME', 'SCAN 0'])(
    'is false of %s',
    (run) => {
      expect(isHandshake(traced(run))).toBe(false);
    },
  );
});

describe('commandText', () => {
  const textOf = (...args: Value[]) => commandText({ args });

  it('is what one would type', () => {
    expect(textOf('set', 'a b', '', bytes(0xff), 'x\n')).toBe('SET "a b" "" the bytes ff (not text) "x\\n"');
    expect(textOf()).toBe('');
  });

  it('is cut where there are many arguments or long ones', () => {
    const many = Array.from({ length: 30 }, (_, index) => `${index}`);
    expect(textOf('RPUSH', ...many)).toBe(`RPUSH ${many.slice(0, 20).join(' ')} …`);
    expect(textOf('SET', 'a', 'x'.repeat(100))).toBe(`SET a "${'x'.repeat(60)}…"`);
    const text = textOf('MSET', ...many.map(() => 'y'.repeat(20)));
    expect(text).toHaveLength(120);
    expect(text.endsWith('…')).toBe(true);
    expect(textOf('SET', `${'z'.repeat(58)} `, `${'z'.repeat(52)} \u{1f52e}`)).not.toMatch(
      /[\ud800-\udbff](?![\udc00-\udfff])/,
    );
  });

  it('says how many arguments are not in the evidence', () => {
    expect(commandText({ args: ['DEL', 'a', 'b'], arguments: 503 })).toBe('DEL a b … and 500 more');
    const args = ['MSET', 'x'.repeat(60), 'y'.repeat(60), 'z'.repeat(60)];
    expect(commandText({ args, arguments: 5 })).toMatch(/ y+… … and 1 more$/);
  });
});
