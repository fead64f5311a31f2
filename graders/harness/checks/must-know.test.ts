import { describe, expect, it } from 'vitest';
import { type EvidenceOptions, makeView } from '../testing/evidence.ts';
import type { Finding } from './finding.ts';
import { asFarAsKnown, mustKnow, withWholeTrace } from './must-know.ts';
import type { RunView } from './run-view.ts';
import { aboutCommands, aboutKey } from './trace-questions.ts';

const NOT_KNOWN = { passed: false, actual: expect.stringContaining('so many commands ran') };

/** A view of a trace of which commands were left out; `asked` is what was asked when it was recorded. */
function lossy(
  asked: Record<string, 'all' | 'repeats' | 'ends'> | undefined,
  options: EvidenceOptions = {},
): RunView {
  const view = makeView(options);
  view.run.trace.total += 1_000;
  if (asked) view.run.trace.leftOut = { commands: { SET: 1_000 }, lua: 0, asked };
  return view;
}

function ask(
  view: RunView,
  ...question: Parameters<typeof mustKnow> extends [unknown, ...infer Rest] ? Rest : never
): Finding {
  return asFarAsKnown(() => {
    mustKnow(view, ...question);
    return { passed: true };
  });
}

describe('mustKnow', () => {
  it('is content with a trace of which nothing was left out', () => {
    expect(ask(makeView(), aboutKey('k'), 'all')).toEqual({ passed: true });
  });

  it('is content with as much as is needed', () => {
    const view = lossy({ 'key k': 'repeats', 'key many': 'ends' });
    expect(ask(view, aboutKey('k'))).toEqual({ passed: true });
    expect(ask(view, aboutKey('k'), 'all')).toMatchObject(NOT_KNOWN);
    expect(ask(view, aboutKey('many'), 'ends')).toEqual({ passed: true });
    expect(ask(view, aboutKey('many'))).toMatchObject(NOT_KNOWN);
  });

  it('knows of what nobody asked for by the names of what was left out', () => {
    const view = lossy({});
    expect(ask(view, aboutCommands({ command: 'KEYS' }), 'all')).toEqual({ passed: true });
    expect(ask(view, aboutCommands({ command: 'SET', args: ['k'] }), 'ends')).toMatchObject(NOT_KNOWN);
    expect(ask(view, aboutKey('k'), 'ends')).toMatchObject(NOT_KNOWN);
  });

  it('knows nothing of evidence of earlier days of which commands are missing', () => {
    expect(ask(lossy(undefined), aboutCommands({ command: 'KEYS' }), 'ends')).toMatchObject(NOT_KNOWN);
  });
});

describe('asFarAsKnown', () => {
  it('passes on what goes wrong otherwise', () => {
    expect(() =>
      asFarAsKnown(() => {
        throw new Error('oh no');
      }),
    ).toThrow('oh no');
  });
});

describe('withWholeTrace', () => {
  const judge = (view: RunView) =>
    asFarAsKnown(() => ({ passed: withWholeTrace(view).commands.length === 1 }) as Finding);

  it('lets checks that asked for nothing look at a whole trace', () => {
    expect(judge(makeView({ commands: ['PING'] }))).toEqual({ passed: true });
  });

  it('lets them tell nothing of one that is not whole', () => {
    expect(judge(lossy({}, { commands: ['PING'] }))).toMatchObject(NOT_KNOWN);
  });

  it('lets them look at all else', () => {
    const view = lossy({}, { after: { k: 'v' }, source: 'x' });
    expect(withWholeTrace(view).key('k')).toMatchObject({ value: 'v' });
    expect(withWholeTrace(view).source).toBe('x');
  });
});
