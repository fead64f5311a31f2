import { describe, expect, it } from 'vitest';
import type { Trace } from '../../evidence/evidence.ts';
import { EvidenceLimits, type TraceLimits } from '../../evidence/limits.ts';
import { TraceKeeper } from '../../recording/observe/trace-keeper.ts';
import { hash, list, makeEvidence, zset } from '../../testing/evidence.ts';
import { CASES, type Case, type Step, script, seeded } from '../../testing/long-trace.ts';
import { quote } from '../../valkey/notation/quoting.ts';
import type { Finding } from './finding.ts';
import { checkKind } from './kinds/index.ts';
import { failIfIncomplete } from './require-in-trace.ts';
import { RunView } from './run-view.ts';

function traceOf({ kind, parameters }: Case, steps: readonly Step[], limits: TraceLimits): Trace {
  const { asks } = kindOf(kind).bind(parameters);
  const keeper = new TraceKeeper(asks, limits);
  steps.forEach(({ client, words }, index) => {
    const args = words.split(' ').map((word) => quote(Buffer.from(word)));
    const micros = String(index).padStart(6, '0');
    keeper.add({ text: `+1756000000.${micros} [0 ${client}] ${args.join(' ')}`, missing: 0, more: 0 });
  });
  return keeper.finish();
}

function kindOf(id: string) {
  const kind = checkKind(id);
  if (!kind) throw new Error(`no kind ${id}`);
  return kind;
}

/** What a check finds in a trace: in a variant, whose set-up is another one than the main run's. */
function find({ kind, parameters }: Case, trace: Trace): Finding {
  const keys = { h: hash({ f: '1' }), a: list(['x', 'y']), b: list(['v']), z: zset({ m: 1 }) };
  const own = { h: hash({ f: '4' }), a: list(['v', 'y']), b: list(['x']), z: zset({ m: 2 }) };
  const after = { k: '2', h: hash({ f: '5' }), a: list(['x']), b: list(['y', 'v']), z: zset({ m: 3, n: 2 }) };
  const evidence = makeEvidence({
    source: 'GET k\nSET k 7\n',
    before: { k: '1', ...keys },
    variants: { other: { before: { k: '4', ...own }, after } },
  });
  const run = evidence.runs[1];
  if (!run) throw new Error('no variant');
  run.trace = trace;
  return failIfIncomplete(() => kindOf(kind).bind(parameters).judge(new RunView(evidence, run)));
}

/** What of a finding may not depend on how much of the trace was kept. */
function verdict(finding: Finding) {
  return finding.passed ? finding : { passed: false, expected: finding.expected, actual: finding.actual };
}

const isKnown = (finding: Finding) => finding.passed || !finding.actual.includes('cannot be told');

const WHOLE: TraceLimits = { ...EvidenceLimits, traceHead: 1e9, traceHeadBytes: 1e9 };
const SHORT: TraceLimits = { ...EvidenceLimits, traceHead: 3, traceTail: 2, traceBeforeLoops: 10 };
const TINY: TraceLimits = { ...SHORT, traceAskedHead: 4, traceAskedTail: 3 };
const SEEDS = [...Array(8).keys()];

/** Goes through scripts for each case: what is found in all of their trace, and in what was kept of it. */
function compare(
  limits: TraceLimits,
  see: (whole: Finding, kept: Finding, what: string, trace: Trace) => void,
) {
  CASES.forEach((one, position) => {
    for (const seed of SEEDS) {
      const steps = script(seeded(seed * 1000 + position), one.units);
      const trace = traceOf(one, steps, limits);
      const what = `${one.kind} ${one.parameters.judge ?? ''} (case ${position}), seed ${seed}`;
      see(find(one, traceOf(one, steps, WHOLE)), find(one, trace), what, trace);
    }
  });
}

describe('what checks find in a long trace of which not all was kept', () => {
  it('is the same as in all of it, where all fits that they ask for', () => {
    const seen = { passed: 0, failed: 0, leftOut: 0 };
    compare(SHORT, (whole, kept, what, trace) => {
      seen[whole.passed ? 'passed' : 'failed'] += 1;
      seen.leftOut += trace.total - trace.entries.length;
      expect(verdict(kept), what).toEqual(verdict(whole));
    });
    expect(Math.min(seen.passed, seen.failed)).toBeGreaterThan(28);
    expect(seen.leftOut).toBeGreaterThan(2_000);
  });

  it('is the same, or that it cannot be told, where not even that fits', () => {
    const seen = { known: 0, unknown: 0 };
    compare(TINY, (whole, kept, what) => {
      seen[isKnown(kept) ? 'known' : 'unknown'] += 1;
      if (isKnown(kept)) expect(kept.passed, what).toBe(whole.passed);
    });
    expect(seen.unknown).toBeGreaterThan(SEEDS.length);
    expect(seen.known).toBeGreaterThan(seen.unknown);
  });

  it('is right or not known in a trace that was recorded for another grader', () => {
    CASES.forEach((one, position) => {
      for (const seed of SEEDS) {
        const steps = script(seeded(seed * 1000 + position), one.units);
        const { leftOut, ...rest } = traceOf(one, steps, TINY);
        const kept = find(one, leftOut ? { ...rest, leftOut: { ...leftOut, asked: {} } } : rest);
        const whole = find(one, traceOf(one, steps, WHOLE));
        if (isKnown(kept))
          expect(kept.passed, `${one.kind} (case ${position}), seed ${seed}`).toBe(whole.passed);
      }
    });
  });
});
