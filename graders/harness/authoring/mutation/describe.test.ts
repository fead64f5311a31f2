import { describe, expect, it } from 'vitest';
import { styles } from '../../base/text/styles.ts';
import { findings, isProven, table } from './describe.ts';
import type { MutationResult } from './mutate.ts';

const STYLE = styles(false);
const PROVEN: MutationResult = {
  challenge: 'market/basket',
  mutants: 120,
  killed: 117,
  equivalent: 3,
  survivors: [],
  problems: [],
  notGradable: null,
};
const mutant = {
  fixture: 'a.valkey',
  mutator: 'ttl-unit',
  commands: [],
  command: 1,
  removed: ['EXPIRE k 60'],
  added: ['PEXPIRE k 60'],
};
const GAP: MutationResult = { ...PROVEN, challenge: 'market/stall', killed: 116, survivors: [mutant] };

describe('findings', () => {
  it('are none where every mutant is killed or justified', () => {
    expect(findings(PROVEN, STYLE)).toBe('');
    expect(isProven(PROVEN)).toBe(true);
  });

  it('show what survived as a difference, and what else is wrong', () => {
    const result = { ...GAP, problems: ['equivalent.json: an entry'] };
    expect(isProven(result)).toBe(false);
    expect(findings(result, STYLE)).toBe(`
  market/stall
    equivalent.json: an entry
    ttl-unit in pass/a.valkey
      - EXPIRE k 60
      + PEXPIRE k 60
`);
  });

  it('cut a long line to where it differs', () => {
    const script = `EVAL "${'x'.repeat(1000)}" 1 `;
    const long = { ...mutant, removed: [`${script}one`], added: [`${script}two`] };
    const lines = findings({ ...GAP, survivors: [long] }, STYLE)
      .trimEnd()
      .split('\n')
      .slice(-2);
    expect(lines.map((line) => [line.length < 250, line.endsWith('one') || line.endsWith('two')])).toEqual([
      [true, true],
      [true, true],
    ]);
  });
});

describe('table', () => {
  it('says of a challenge that this server is too old for just that', () => {
    const notGradable = 'not gradable on valkey 8.0.1: it needs 8.1 or later';
    expect(table([{ ...PROVEN, mutants: 0, killed: 0, equivalent: 0, notGradable }], STYLE)).toContain(
      '  – market/basket  not gradable on valkey 8.0.1: it needs 8.1 or later\n',
    );
  });

  it('has a row for each challenge, and the sums', () => {
    expect(table([PROVEN, GAP], STYLE).split('\n')).toEqual([
      '',
      '                      mutants      killed  equivalent    survived',
      '  ✓ market/basket         120         117           3           0',
      '  ✗ market/stall          120         116           3           1',
      '                          240         233           6           1',
      '',
      '',
    ]);
  });
});
