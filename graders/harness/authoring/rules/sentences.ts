import { show } from '../../base/text/printable.ts';
import type { ChallengeSource, GraderSource, SourceText } from '../challenge-source.ts';
import type { LintFinding } from '../lint-finding.ts';
import type { LintRule } from '../lint-rule.ts';
import { readable, type Sentence, sentencesOf } from '../sentences.ts';

export const sentences: LintRule = {
  id: 'sentences',
  description:
    'Where `sentences` says which check holds which sentence of the instructions: no sentence of what to do and what must hold is left out, none is told that is not there, and every check is asked for by one.',
  check: (challenge) => (challenge.grader?.content.sentences ? sentenceFindings(challenge) : []),
};

/** What is wrong with a challenge's `sentences`; a grader that has none leaves out all of them. */
export function sentenceFindings({ grader, graderText, readme }: ChallengeSource): LintFinding[] {
  if (!grader || !readme) return [];
  const asked = sentencesOf(readme.text);
  const told = Object.keys(grader.content.sentences ?? {}).map((key) => ({ key, start: readable(key) }));
  return [
    ...asked
      .filter(({ text }) => !told.some(({ start }) => text.startsWith(start)))
      .map((sentence) => unheld(readme, sentence)),
    ...told
      .filter(({ start }) => !asked.some(({ text }) => text.startsWith(start)))
      .map(({ key }) => ({
        file: graderText.file,
        ...grader.place(['sentences', key]),
        message: `no sentence of what to do or what must hold in ${readme.file} begins with ${show(key)}`,
      })),
    ...idFindings(grader, graderText),
  ];
}

function unheld({ file }: SourceText, { text, line }: Sentence): LintFinding {
  return { file, line, column: 1, message: `no check is said to hold ${show(text)}` };
}

function idFindings({ content, place }: GraderSource, { file }: SourceText): LintFinding[] {
  const entries = Object.entries(content.sentences ?? {});
  const ids = new Set(content.checks.map(({ id }) => id));
  const holding = new Set(entries.flatMap(([, held]) => held));
  return [
    ...entries.flatMap(([key, held]) =>
      [held]
        .flat()
        .filter((id) => !ids.has(id))
        .map((id) => ({ file, ...place(['sentences', key]), message: `there is no check ${show(id)}` })),
    ),
    ...(entries.length === 0 ? [] : content.checks).flatMap(({ id }, index) =>
      holding.has(id)
        ? []
        : [
            {
              file,
              ...place(['checks', index]),
              message: `no sentence of the instructions asks for what the check ${id} looks at`,
            },
          ],
    ),
  ];
}
