import { knownExtensions } from '../../recording/submission/languages.ts';
import { type LintFinding, ofFile } from '../lint-finding.ts';
import type { LintRule } from '../lint-rule.ts';

export const files: LintRule = {
  id: 'files',
  description: 'There are instructions, and one starter.',
  check({ names: { challenge }, readme, starters }) {
    const found: LintFinding[] = [];
    if (!readme) found.push(ofFile(`${challenge}/README.md`, 'the instructions are missing'));
    const [first, second] = starters;
    if (!first) {
      const message = `the starter is missing: a file solution.* (${knownExtensions()})`;
      found.push(ofFile(`${challenge}/solution.valkey`, message));
    }
    if (second) found.push(ofFile(second.file, 'there is another starter beside this one; keep one'));
    return found;
  },
};
