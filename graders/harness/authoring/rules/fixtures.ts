import { messageOf } from '../../base/errors.ts';
import { count } from '../../base/text/count.ts';
import { ownCommand } from '../../base/text/own-command.ts';
import { type LintFinding, ofFile } from '../lint-finding.ts';
import type { LintRule } from '../lint-rule.ts';

const RIGHT_WANTED = 3;
const WRONG_WANTED = 5;

export const fixtures: LintRule = {
  id: 'fixtures',
  description: `There are at least ${RIGHT_WANTED} right and ${WRONG_WANTED} wrong submissions, and expected.json names just the wrong ones.`,
  check({ names, right, wrong, goldens }) {
    const found: LintFinding[] = [];
    const few = (folder: string, kind: string, there: number, wanted: number) => {
      const message = `there ${there === 1 ? 'is' : 'are'} ${count(there, `${kind} submission`)}; ${wanted} are wanted at least`;
      if (there < wanted) found.push(ofFile(`${names.fixtures}/${folder}`, message));
    };
    few('pass', 'right', right.length, RIGHT_WANTED);
    few('fail', 'wrong', wrong.length, WRONG_WANTED);
    const complain = (message: string) => found.push(ofFile(names.goldens, message));
    if (!goldens) complain(`the file is missing; \`${ownCommand('verify', '--update')}\` writes it`);
    else complainOfGoldens(goldens.text, wrong, complain);
    return found;
  },
};

function complainOfGoldens(
  text: string,
  wrong: readonly string[],
  complain: (message: string) => void,
): void {
  let known: string[];
  try {
    known = Object.keys(JSON.parse(text) as object);
  } catch (error) {
    complain(`not valid JSON: ${messageOf(error)}`);
    return;
  }
  for (const name of wrong.filter((name) => !known.includes(name)))
    complain(`nothing is said of fail/${name}; \`${ownCommand('verify', '--update')}\` adds it`);
  for (const name of known.filter((name) => !wrong.includes(name))) complain(`${name} is not in fail/`);
}
