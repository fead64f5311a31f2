import type { SourceText } from '../challenge-source.ts';
import type { LintFinding } from '../lint-finding.ts';
import type { LintRule } from '../lint-rule.ts';
import { rightCommands } from '../right-commands.ts';
import { findWords, wordsOf } from '../words.ts';

export const solutionGivenAway: LintRule = {
  id: 'solution-given-away',
  description:
    'Neither the instructions nor the starter, comments included, hold a command of a right submission.',
  check(challenge) {
    const solutions = rightCommands(challenge);
    const { readme, starters } = challenge;
    return [...(readme ? [readme] : []), ...starters].flatMap((source) => leaks(source, solutions));
  },
};

/** The longest one at each place: `GET a` is part of many a command. */
function leaks({ file, text }: SourceText, solutions: readonly (readonly string[])[]): LintFinding[] {
  const words = wordsOf(text);
  const found = new Map<string, LintFinding>();
  for (const command of [...solutions].sort((left, right) => left.length - right.length)) {
    const place = findWords(words, command);
    if (!place) continue;
    const { line, column } = place;
    const message = `this is a command of a right submission: ${command.join(' ')}`;
    found.set(`${line}:${column}`, { file, line, column, message });
  }
  return [...found.values()];
}
