import type { Part } from './view.ts';

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
