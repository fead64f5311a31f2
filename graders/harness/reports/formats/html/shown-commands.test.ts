import { describe, expect, it } from 'vitest';
import { shownCommands, TRACE_SHOWN } from './shown-commands.ts';

describe('shownCommands', () => {
  it('are all of a trace of the usual length', () => {
    expect(shownCommands(3, new Set())).toEqual([{ index: 0 }, { index: 1 }, { index: 2 }]);
    expect(shownCommands(2_500, new Set())).toHaveLength(2_500);
    expect(shownCommands(0, new Set())).toEqual([]);
  });

  it('are the first, the last and the marked ones of a long trace', () => {
    const shown = shownCommands(10_000, new Set([7, 5_000]));
    expect(shown).toHaveLength(TRACE_SHOWN.head + TRACE_SHOWN.tail + 3);
    expect(shown.slice(TRACE_SHOWN.head - 1, TRACE_SHOWN.head + 4)).toEqual([
      { index: 1_999 },
      { hidden: 3_000 },
      { index: 5_000 },
      { hidden: 4_499 },
      { index: 9_500 },
    ]);
    expect(shown.at(-1)).toEqual({ index: 9_999 });
  });
});
