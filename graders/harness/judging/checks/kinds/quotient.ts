import { textOf } from '../../../base/bytes.ts';
import { show } from '../../../base/text/printable.ts';
import type { KeySnapshot } from '../../../evidence/evidence.ts';
import { defineKind } from '../check-kind.ts';
import { toNumber } from '../decimal.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY, keyOfType } from '../key-param.ts';
import { number, object, text } from '../parameters.ts';

export const quotient = defineKind({
  kind: 'quotient',
  description:
    'The string holds what one counter divided by another is, as a decimal number. The counters are taken as they are after the script, or as they were before it; one that is not there is 0, and what is divided by 0 makes 0.',
  parameters: object({
    ...KEY,
    dividend: text({ minLength: 1, description: 'The counter that is divided.' }),
    divisor: text({ minLength: 1, description: 'The counter by which it is divided.' }),
    tolerance: number({ minimum: 0, description: 'By how much the number may be off.' }),
  }),
  example: {
    purpose: 'For a ratio that the script works out from two counters.',
    yaml: 'key: battle:hit_ratio\ndividend: battle:hits_landed\ndivisor: battle:shots_fired\ntolerance: 0.005',
    mistake: 'divided the wrong way round',
    seen: {
      after: { 'battle:hits_landed': '30', 'battle:shots_fired': '120', 'battle:hit_ratio': '4' },
      commands: ['SET battle:hit_ratio 4'],
    },
  },
  keys: ({ key, dividend, divisor }) => [key, dividend, divisor],
  judge(parameters, run) {
    const { key, db = 0, dividend, divisor, tolerance } = parameters;
    const found = keyOfType(run, parameters, 'string');
    if (isFailure(found)) return found;
    const actual = toNumber(textOf(found.value) ?? '');
    const after = divide(counted(run.key(dividend, db)), counted(run.key(divisor, db)));
    const before = divide(counted(run.keyBefore(dividend, db)), counted(run.keyBefore(divisor, db)));
    // A number half way off is still within, whatever fractions make of it.
    if ([after, before].some(({ result }) => Math.abs(actual - result) <= tolerance + 1e-9)) return PASS;
    const { text } = Number.isNaN(after.result) ? before : after;
    return { passed: false, expected: text, actual: show(found.value), commands: changesOf(run, key) };
  },
});

interface Quotient {
  result: number;
  /** The result and how it came about. */
  text: string;
}

function divide(above: number, below: number): Quotient {
  const result = below === 0 ? 0 : above / below;
  const zero = below === 0 ? ', taken as 0' : '';
  return { result, text: `${Number(result.toPrecision(6))}, which is ${above} / ${below}${zero}` };
}

function counted(key: KeySnapshot | undefined): number {
  if (!key) return 0;
  return key.type === 'string' ? toNumber(textOf(key.value) ?? '') : Number.NaN;
}
