import stringWidth from 'fast-string-width';
import type { Colors } from '../../base/text/styles.ts';

/** What is shown of a grading. */
export type Part = 'report' | 'trace' | 'keyspace';

/** What the keys ask for. */
export interface Actions {
  leave(): void;
  hint(): void;
  toggle(part: Part): void;
  move(by: number): void;
  grade(): void;
  /** By a line (1) or by a screen (2). */
  scroll(by: number): void;
}

/** What each key asks for, by its name. */
export const KEYS: Record<string, (actions: Actions) => void> = {
  q: ({ leave }) => leave(),
  h: ({ hint }) => hint(),
  t: ({ toggle }) => toggle('trace'),
  k: ({ toggle }) => toggle('keyspace'),
  n: ({ move }) => move(1),
  p: ({ move }) => move(-1),
  right: ({ move }) => move(1),
  left: ({ move }) => move(-1),
  g: ({ grade }) => grade(),
  return: ({ grade }) => grade(),
  down: ({ scroll }) => scroll(1),
  up: ({ scroll }) => scroll(-1),
  pagedown: ({ scroll }) => scroll(2),
  space: ({ scroll }) => scroll(2),
  pageup: ({ scroll }) => scroll(-2),
};

/** What the keys do now, in one line where there is room, with shorter words and in several where there is less. */
export function keyLines(part: Part, room: number, style: Colors): string[] {
  const toggles = (shown: Part, word: string) => (part === shown ? 'report' : word);
  const wide = texts(
    { t: toggles('trace', 'trace'), k: toggles('keyspace', 'keyspace'), p: 'previous' },
    style,
  );
  const [line, narrower] = ['   ', '  '].map((gap) => wide.join(gap));
  for (const one of [line, narrower]) if (one !== undefined && stringWidth(one) <= room) return [one];
  const short = texts({ t: toggles('trace', 'trace'), k: toggles('keyspace', 'keys'), p: 'back' }, style);
  const lines: string[] = [];
  for (const text of short) {
    const longer = `${lines.at(-1)}  ${text}`;
    if (lines.length > 0 && stringWidth(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return lines;
}

function texts(words: { t: string; k: string; p: string }, style: Colors): string[] {
  const keys = { h: 'hint', t: words.t, k: words.k, n: 'next', p: words.p, g: 'grade', q: 'quit' };
  return Object.entries(keys).map(([key, what]) => `${style.bold(key)} ${style.dim(what)}`);
}
