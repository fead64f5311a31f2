import { afterEach, describe, expect, it, vi } from 'vitest';
import { notify } from './stdout.ts';

describe('notify', () => {
  afterEach(() => vi.restoreAllMocks());

  it('keeps lines, and lets no name act on a terminal or on the log of a workflow', () => {
    const written: unknown[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(text) > 0);
    notify('::error::a name fetched\nput it \u001b[2Jelsewhere');
    expect(written).toEqual(['\\x3a:error::a name fetched\nput it \\x1b[2Jelsewhere\n']);
  });
});
