import type { LintRule } from '../lint-rule.ts';

export const todo: LintRule = {
  id: 'todo',
  description: 'Nothing is left to do: `TODO` stands nowhere.',
  check: ({ graderText, readme, starters, goldens }) =>
    [graderText, readme, ...starters, goldens].flatMap((source) =>
      (source?.text ?? '').split('\n').flatMap((line, index) => {
        const match = /\bTODO\b:?\s*([^"]*)/.exec(line);
        if (!source || !match) return [];
        const what = match[1]?.trim();
        const message = `left to do${what ? `: ${what}` : ''}`;
        return [{ file: source.file, line: index + 1, column: match.index + 1, message }];
      }),
    ),
};
