import type { LintRule } from '../lint-rule.ts';

export const references: LintRule = {
  id: 'references',
  description:
    'Ids are unique, needs and variants lead somewhere and in no circle, points sum, set-up commands can be read.',
  check: ({ broken }) => broken.references,
};
