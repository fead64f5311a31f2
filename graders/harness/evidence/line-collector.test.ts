import { describe, expect, it } from 'vitest';
import { quote } from '../valkey/notation/quoting.ts';
import { LineCollector } from './line-collector.ts';
import { readLine } from './monitor-line.ts';

const HEAD = '+1756000000.000000 [0 127.0.0.1:50000] ';

/** What is known of a command of which so many bytes are kept, in chunks of a size. */
function collect(args: readonly string[], limit: number, size = 1_000_000) {
  const line = Buffer.from(`${HEAD}${args.map((arg) => quote(Buffer.from(arg))).join(' ')}\r`);
  const collector = new LineCollector(limit);
  for (let start = 0; start < line.length; start += size) collector.add(line.subarray(start, start + size));
  const [entry] = readLine(collector.take());
  return { args: entry?.args, arguments: entry?.arguments };
}

const ARGS = ['DEL', 'a', '', 'say "hi"\\', ' ', '\x01\x02', 'x" "y', 'end'];
const LENGTH = HEAD.length + ARGS.map((arg) => quote(Buffer.from(arg))).join(' ').length;

describe('LineCollector', () => {
  it('keeps a line that fits, without its end', () => {
    expect(collect(ARGS, LENGTH + 1)).toEqual({ args: ARGS, arguments: undefined });
  });

  it.each([1, 2, 3, 1_000])(
    'knows of each argument that it is whole, cut or missing (chunks of %i bytes)',
    (size) => {
      for (let limit = HEAD.length + '"DEL'.length; limit < LENGTH; limit += 1) {
        const found = collect(ARGS, limit, size);
        const shown = found.args ?? [];
        const whole = shown.filter((arg) => typeof arg === 'string');
        expect(whole, `${limit} bytes`).toEqual(ARGS.slice(0, whole.length));
        expect(shown.length - whole.length, `${limit} bytes`).toBeLessThanOrEqual(1);
        expect(found.arguments ?? shown.length, `${limit} bytes`).toBe(ARGS.length);
        expect(shown.length, `${limit} bytes`).toBeGreaterThan(0);
        const last = shown.at(-1);
        if (typeof last === 'object')
          expect(ARGS[whole.length]?.startsWith('head' in last ? String(last.head) : '-')).toBe(true);
      }
    },
  );

  it('counts the arguments of a line that is never held', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `helper:${index}`);
    const found = collect(['DEL', ...names], 1_000, 777);
    expect(found.arguments).toBe(names.length + 1);
    expect(found.args?.length).toBeLessThan(100);
  });

  it('begins anew with each line', () => {
    const collector = new LineCollector(HEAD.length + 4);
    collector.add(Buffer.from(`${HEAD}"del" "a" "b"`));
    expect(collector.take()).toMatchObject({ more: 2 });
    collector.add(Buffer.from('+OK\r'));
    expect(collector.take()).toEqual({ text: '+OK', missing: 0, more: 0 });
  });
});
