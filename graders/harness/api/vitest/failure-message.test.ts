import { describe, expect, it } from 'vitest';
import { check, failed, report } from '../../testing/report.ts';
import { checkError } from './failure-message.ts';

const command = (line: number | null) => ({ line, command: 'EXPIRE a 6', effect: null });

describe('checkError', () => {
  it('tells the points, the details and the hint', () => {
    const error = checkError(
      failed(
        'ttl',
        { difference: 'only in case', hint: 'Look.', hints: 2, commands: [command(3)] },
        { maxScore: 3 },
      ),
      report(),
      undefined,
    );
    expect(error.name).toBe('0 of 3 points');
    expect(error.message).toBe(
      'expected: this\nfound: that\ndiffers: only in case\nline 3: EXPIRE a 6\nhint 1/2: Look.',
    );
    expect(error.stack).toBe('');
  });

  it('leads to the line of the script, where it is one alone', () => {
    const stackOf = (...lines: (number | null)[]) =>
      checkError(failed('ttl', { commands: lines.map(command) }), report(), '/home/han/solution.valkey')
        .stack;
    expect(stackOf(3)).toMatch(/\n {4}at \/home\/han\/solution\.valkey:3:1$/);
    expect(stackOf(3, 3)).toMatch(/:3:1$/);
    for (const lines of [[3, 4], [null], [3, null], []]) expect(stackOf(...lines)).toBe('');
  });

  it('is what kept the script from its work, where no command ran', () => {
    const causes = [{ kind: 'crash' as const, text: 'It crashed.', advice: 'Look there.', line: 7 }];
    const of = (change: object) =>
      checkError(failed('ttl', {}), report({ causes, ...change }), '/solution.py');
    expect(of({ nothingRan: true }).message).toBe('fix this first: It crashed. Look there.');
    expect(of({ nothingRan: true }).stack).toMatch(/:7:1$/);
    expect(of({}).message).toMatch(/^expected: this/);
  });

  it('says whose fault it is where the check itself failed', () => {
    const broken = check('ttl', {
      ...failed('ttl', { expected: null, actual: 'the check itself failed: oh' }),
      status: 'error',
    });
    const error = checkError(broken, report(), undefined);
    expect(error.name).toBe('Not judged');
    expect(error.message).toMatch(/oh\nThat is not your fault: please report it\.$/);
  });

  it('keeps what a learner wrote from commanding a workflow', () => {
    const error = checkError(failed('one', { actual: '::error::mine\n##[group]' }), report(), undefined);
    expect(error.message).not.toMatch(/^::|##\[/m);
  });
});
