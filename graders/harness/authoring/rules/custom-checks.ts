import type { LintRule } from '../lint-rule.ts';

export const customChecks: LintRule = {
  id: 'custom-checks',
  description: 'The functions of custom checks can be loaded from `<challenge>.checks.ts`.',
  check: ({ broken }) => broken.code,
};
