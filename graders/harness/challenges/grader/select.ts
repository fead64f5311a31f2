import { UsageError } from '../../base/errors.ts';
import { list } from '../../base/text/count.ts';
import { didYouMean } from '../../base/text/nearest.ts';
import type { Collection } from '../collection/collection.ts';
import { listChallenges } from './list.ts';

/** The challenges that a command is to work on, each once: those that selectors mean, or all of a collection. */
export async function namedOrAll(
  challenges: readonly string[],
  collection: Collection,
): Promise<readonly string[]> {
  return challenges.length > 0
    ? selectChallenges(challenges.join(','), collection)
    : listChallenges(collection);
}

/**
 * The challenges that a selector means, in order and each once: `all`, a mission, a challenge, or several of
 * these with commas between them. Whether a challenge that is named in full exists is for its grader to tell.
 * Throws UsageError for a mission that is not known.
 */
export async function selectChallenges(selector: string, collection: Collection): Promise<string[]> {
  const words = selector.split(',').map((word) => word.trim());
  if (words.every((word) => word.includes('/'))) return [...new Set(words)];
  const known = await listChallenges(collection);
  const missions = [...new Set(known.map((id) => id.slice(0, id.indexOf('/'))))];
  const selected = words.flatMap((word) => {
    if (word.includes('/')) return [word];
    const found = word === 'all' ? known : known.filter((id) => id.startsWith(`${word}/`));
    if (found.length > 0) return found;
    const namesakes = known.filter((id) => id.endsWith(`/${word}`));
    const meant =
      namesakes.length > 0 ? `; did you mean ${list(namesakes, 'or')}?` : didYouMean(word, missions);
    throw new UsageError(
      `There is no mission named ${JSON.stringify(word)}${meant}\nThe challenges are:\n${known.map((id) => `  ${id}`).join('\n')}`,
    );
  });
  return [...new Set(selected)];
}
