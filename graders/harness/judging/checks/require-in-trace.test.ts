import { describe, expect, it } from 'vitest';
import { type EvidenceOptions, makeView } from '../../testing/evidence.ts';
import type { Finding } from './finding.ts';
import { failIfIncomplete, requireInTrace, requireWholeTrace } from './require-in-trace.ts';
import type { RunView } from './run-view.ts';
import { aboutCommands, aboutKey } from './trace-questions.ts';

const INCOMPLETE = { passed: false, actual: expect.stringContaining('so many commands ran') };

/** A view of a trace of which commands were left out; `asked` is what was asked when it was recorded. */
function lossy(
  asked: Record<string, 'all' | 'repeats' | 'ends'> | undefined,
  options: EvidenceOptions = {},
): RunView {
  const view = makeView(options);
  view.evidence.trace.total += 1_000;
  if (asked) view.evidence.trace.leftOut = { commands: { SET: 1_000 }, lua: 0, asked };
  return view;
}

function ask(
  view: RunView,
  ...question: Parameters<typeof requireInTrace> extends [unknown, ...infer Rest] ? Rest : never
): Finding {
  return failIfIncomplete(() => {
    requireInTrace(view, ...question);
    return { passed: true };
  });
}

describe('requireInTrace', () => {
  it('is content with a trace of which nothing was left out', () => {
    expect(ask(makeView(), aboutKey('k'), 'all')).toEqual({ passed: true });
  });

  it('is content with as much as is needed', () => {
    const view = lossy({ 'key k': 'repeats', 'key many': 'ends' });
    expect(ask(view, aboutKey('k'))).toEqual({ passed: true });
    expect(ask(view, aboutKey('k'), 'all')).toMatchObject(INCOMPLETE);
    expect(ask(view, aboutKey('many'), 'ends')).toEqual({ passed: true });
    expect(ask(view, aboutKey('many'))).toMatchObject(INCOMPLETE);
  });

  it('knows of what nobody asked for by the names of what was left out', () => {
    const view = lossy({});
    expect(ask(view, aboutCommands({ command: 'KEYS' }), 'all')).toEqual({ passed: true });
    expect(ask(view, aboutCommands({ command: 'SET', args: ['k'] }), 'ends')).toMatchObject(INCOMPLETE);
    expect(ask(view, aboutKey('k'), 'ends')).toMatchObject(INCOMPLETE);
  });

  it('knows nothing of evidence of earlier days of which commands are missing', () => {
    expect(ask(lossy(undefined), aboutCommands({ command: 'KEYS' }), 'ends')).toMatchObject(INCOMPLETE);
  });
});

describe('requireInTrace, of a command of which not all arguments were kept', () => {
  const TOO_LONG = { passed: false, actual: expect.stringContaining('not all of its arguments were kept') };
  const view = makeView({ commands: [{ run: 'DEL a b', arguments: 1_000 }, 'SET k 1'] });

  it('is not content where one of the missing ones may matter', () => {
    expect(ask(view, aboutKey('k'))).toMatchObject(TOO_LONG);
    expect(ask(view, aboutCommands({ command: ['SET', 'DEL'], has: ['k'] }), 'ends')).toMatchObject(TOO_LONG);
    expect(judgeWhole(view)).toMatchObject(TOO_LONG);
  });

  it('is content where they cannot', () => {
    expect(ask(view, aboutCommands({ command: 'SET' }), 'all')).toEqual({ passed: true });
    const whole = makeView({ commands: ['DEL a b', 'SET k 1'] });
    expect(ask(whole, aboutKey('k'), 'all')).toEqual({ passed: true });
  });

  it('believes what was seen when it was recorded', () => {
    const long = lossy({ 'key k': 'all' }, { commands: [{ run: 'DEL a b', arguments: 1_000 }] });
    expect(ask(long, aboutKey('k'), 'all')).toEqual({ passed: true });
    expect(ask(long, aboutKey('other'))).toMatchObject(INCOMPLETE);
  });
});

describe('failIfIncomplete', () => {
  it('passes on what goes wrong otherwise', () => {
    expect(() =>
      failIfIncomplete(() => {
        throw new Error('oh no');
      }),
    ).toThrow('oh no');
  });
});

const judgeWhole = (view: RunView) =>
  failIfIncomplete(() => ({ passed: requireWholeTrace(view).commands.length === 1 }) as Finding);

describe('requireWholeTrace', () => {
  it('lets checks that asked for nothing look at a whole trace', () => {
    expect(judgeWhole(makeView({ commands: ['PING'] }))).toEqual({ passed: true });
  });

  it('lets them tell nothing of one that is not whole', () => {
    expect(judgeWhole(lossy({}, { commands: ['PING'] }))).toMatchObject(INCOMPLETE);
  });

  it('lets them look at all else', () => {
    const view = lossy({}, { after: { k: 'v' }, source: 'x' });
    expect(requireWholeTrace(view).key('k')).toMatchObject({ value: 'v' });
    expect(requireWholeTrace(view).source).toBe('x');
  });
});
