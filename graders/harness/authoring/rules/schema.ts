import type { LintRule } from '../lint-rule.ts';

export const schema: LintRule = {
  id: 'schema',
  description: 'The grader file fits the JSON Schema; a misspelt name is told with what was meant.',
  check: ({ broken }) => broken.schema,
};
