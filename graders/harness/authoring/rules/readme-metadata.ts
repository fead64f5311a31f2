import { printable } from '../../base/text/printable.ts';
import {
  METADATA_EXAMPLE,
  parseReadmeMetadata,
  parseTitle,
} from '../../challenges/missions/readme-metadata.ts';
import type { LintFinding } from '../lint-finding.ts';
import type { LintRule } from '../lint-rule.ts';

export const readmeMetadata: LintRule = {
  // As authors know it from before: the file's name says what it is now.
  id: 'facts',
  description:
    "The instructions have the grader's title, and a line that says in a fixed form what the challenge is: main or bonus, its mission, the grader's points, the difficulty and a rough time.",
  check({ id, grader, broken, readme }) {
    if (!grader || !readme) return [];
    const { title, points } = grader.content;
    const found: LintFinding[] = [];
    const complain = (line: number, message: string) =>
      found.push({ file: readme.file, line, column: 1, message });
    const heading = parseTitle(readme.text);
    if (heading?.title !== title)
      complain(heading?.line ?? 1, `the title is to be the grader's: # ${printable(title)}`);
    const said = parseReadmeMetadata(readme.text);
    if (!said) {
      complain(1, `there is no line in the form ${METADATA_EXAMPLE} (easy, medium or hard)`);
      return found;
    }
    const [mission] = id.split('/');
    if (said.mission !== mission) complain(said.line, `the mission is ${mission}, not ${said.mission}`);
    // Points that do not sum are told by another rule.
    if (said.points !== points && broken.references.length === 0)
      complain(said.line, `the grader has ${points} points, not ${said.points}`);
    return found;
  },
};
