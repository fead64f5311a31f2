import { describe, expect, it } from 'vitest';
import type { KeyChange, Replay, Step } from '../../evidence/evidence.ts';
import { type Command, keyspace, makeEvidence } from '../../testing/evidence.ts';
import { momentsOf } from './moments.ts';
import type { Words } from './mutant.ts';

/** What made-up commands, one a line, did to keys that hold texts: for each step how many they are, and what it did. */
function momentsIn(
  commands: readonly string[],
  steps: readonly Partial<Step>[],
  { until = 'end', unlike = [], lines }: Partial<Replay> & { lines?: readonly Command[] } = {},
) {
  const words: Words[] = commands.map((command) => command.split(' '));
  let entry = 0;
  const placed = steps.map((step): Step => {
    const { entries = 1 } = step;
    entry += entries;
    return { entry: entry - entries, entries, reply: null, changes: [], ...step };
  });
  const [run] = makeEvidence({
    before: { k: 'old' },
    commands: lines ?? commands.map((command, index) => ({ run: command, line: index + 1 })),
    replay: { steps: placed, until, unlike },
  }).runs;
  return momentsOf(words, run);
}

function change(key: string, before: string | null, after: string | null, db = 0): KeyChange {
  const state = (value: string | null) =>
    value === null ? null : (keyspace({ [key]: value }).databases[0]?.keys[0] ?? null);
  return { db, before: state(before), after: state(after) };
}

/** The keys that were there, and whether the command changed one. */
const inShort = (moments: ReturnType<typeof momentsOf>) =>
  moments.map((moment) => moment && [[...moment.keys.keys()].join(' '), moment.changed]);

describe('momentsOf', () => {
  it('tells what was there before each command, and which of them changed something', () => {
    const steps = [
      { changes: [change('j', null, 'new')] },
      {},
      { changes: [change('k', 'old', null), change('j', 'new', null)] },
      {},
    ];
    expect(inShort(momentsIn(['SET j new', 'GET j', 'DEL k j', 'PING'], steps))).toEqual([
      ['k', true],
      ['k j', false],
      ['k j', true],
      ['', false],
    ]);
  });

  it('goes by the database of a command, and counts what Lua scripts run for the command that calls them', () => {
    const lines = [
      { run: 'SELECT 1', line: 1, db: 1 },
      { run: 'EVAL s 1 j', line: 2, db: 1 },
      { run: 'SET j new', line: 2, db: 1, lua: true as const },
      { run: 'GET j', line: 3, db: 1 },
    ];
    const steps = [{}, { entries: 2, changes: [change('j', null, 'new', 1)] }, {}];
    expect(inShort(momentsIn(['SELECT 1', 'EVAL s 1 j', 'GET j'], steps, { lines }))).toEqual([
      ['', false],
      ['', true],
      ['j', false],
    ]);
  });

  it('takes the commands of a transaction for what became of their keys, and knows what was there before it', () => {
    const replies: Step['replies'] = [];
    const steps = [{ entries: 4, replies, changes: [change('j', null, 'new')] }];
    const moments = momentsIn(['MULTI', 'SET j new', 'GET k', 'EXEC'], steps);
    expect(inShort(moments)).toEqual([
      ['k', false],
      ['k', true],
      ['k', false],
      ['k', false],
    ]);
    expect(moments.map((moment) => [...(moment?.unknown ?? [])])).toEqual([[], [], ['j'], ['j', 'k']]);
  });

  it('knows nothing of keys that came out otherwise', () => {
    const [moment] = momentsIn(['SET k new'], [{}], { unlike: [{ db: 0, key: 'k' }] });
    expect(moment?.unknown).toEqual(new Set(['k']));
  });

  it('knows nothing at all where the replay did not come to its end, or there was none', () => {
    expect(momentsIn(['SET k new'], [{}], { until: 'too long' })).toEqual([undefined]);
    expect(momentsOf([['PING']], undefined)).toEqual([undefined]);
  });
});
