import { showArgument } from '../../base/text/printable.ts';
import { readJson } from '../../judging/checks/json-document.ts';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import { expectationsOf } from '../check-expectations.ts';
import { jsonLeaves } from '../json-leaves.ts';
import type { LintFinding } from '../lint-finding.ts';
import type { LintRule } from '../lint-rule.ts';
import { mentions, mentionsKey, mentionsNumber, mentionsTime } from '../mentions.ts';

export const instructionsMention: LintRule = {
  id: 'instructions-mention',
  description:
    'The instructions name every key, field, value, amount and TTL that a check of the main run demands; what the set-up left there and what is to be found out need not be told.',
  check(challenge) {
    const { grader, readme, graderText } = challenge;
    if (!grader || !readme) return [];
    // The numbers of a list say nothing.
    const text = readme.text.replace(/\\(?=[_*])/g, '').replace(/^\s*\d+\.\s/gm, '');
    const setup = new Set((grader.content.setup ?? []).flatMap(argumentsOf).flatMap(withinDocument));
    return grader.content.checks.flatMap((check, index): LintFinding[] => {
      if (check.variant !== undefined) return [];
      const { keys, fields, values, amounts, seconds } = expectationsOf(check);
      // A bystander that is to survive may go without a name.
      const wanted = check.kind === 'key-exists' ? keys.filter((key) => !setup.has(key)) : keys;
      const missing = [
        ...wanted.filter((key) => !mentionsKey(text, key)).map((key) => `the key ${showArgument(key)}`),
        ...fields.filter((name) => !mentions(text, name)).map((name) => `the field ${showArgument(name)}`),
        ...values
          .filter((value) => !setup.has(value) && !mentionsValue(text, value))
          .map((value) => `the value ${showArgument(value)}`),
        ...amounts
          .filter((amount) => !mentionsNumber(text, Math.abs(amount)))
          .map((amount) => `${amount} more`),
        ...(seconds === null || mentionsTime(text, seconds) ? [] : [`a TTL of ${seconds} seconds`]),
      ];
      return [...new Set(missing)].map((what) => ({
        file: graderText.file,
        ...grader.place(['checks', index]),
        message: `the check ${check.id} demands ${what}, and ${readme.file} never says so`,
      }));
    });
  },
};

function mentionsValue(text: string, value: string): boolean {
  return mentions(text, value) || (/^\d+$/.test(value) && mentionsNumber(text, Number(value)));
}

function argumentsOf(line: string): string[] {
  try {
    return splitArguments(line).map(String);
  } catch {
    // Told by another rule.
    return [];
  }
}

/** An argument, and what it holds if it is a document in JSON. */
function withinDocument(text: string): string[] {
  const document = /^\s*[[{]/.test(text) ? readJson(text) : undefined;
  return [text, ...(document?.problem === undefined ? jsonLeaves(document?.value) : [])];
}
