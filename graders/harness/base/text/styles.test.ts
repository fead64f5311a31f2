import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { styles, wantsColors } from './styles.ts';

describe('styles', () => {
  it('colours text, or leaves it alone', () => {
    expect(styles(true).red('text')).toBe('\u001b[31mtext\u001b[39m');
    expect(styles(false).red('text')).toBe('text');
  });
});

describe('wantsColors', () => {
  const terminal = { isTTY: true };

  beforeEach(() => {
    vi.stubEnv('NO_COLOR', undefined);
    vi.stubEnv('TERM', 'xterm-256color');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('is for terminals alone', () => {
    expect(wantsColors(terminal, true)).toBe(true);
    expect(wantsColors({ isTTY: false }, true)).toBe(false);
    expect(wantsColors({}, true)).toBe(false);
  });

  it('is not for those who ask for none', () => {
    expect(wantsColors(terminal, false)).toBe(false);
  });

  it('heeds NO_COLOR where it is not empty, and a terminal that knows no colours', () => {
    vi.stubEnv('NO_COLOR', '');
    expect(wantsColors(terminal, true)).toBe(true);
    vi.stubEnv('NO_COLOR', '1');
    expect(wantsColors(terminal, true)).toBe(false);
    vi.stubEnv('NO_COLOR', undefined);
    vi.stubEnv('TERM', 'dumb');
    expect(wantsColors(terminal, true)).toBe(false);
  });
});
