import type { LintRule } from '../lint-rule.ts';
import { commands } from './commands.ts';
import { customChecks } from './custom-checks.ts';
import { files } from './files.ts';
import { fixtures } from './fixtures.ts';
import { hintTellsAnswer } from './hint-tells-answer.ts';
import { hints } from './hints.ts';
import { instructionsMention } from './instructions-mention.ts';
import { readmeMetadata } from './readme-metadata.ts';
import { references } from './references.ts';
import { schema } from './schema.ts';
import { sentences } from './sentences.ts';
import { solutionGivenAway } from './solution-given-away.ts';
import { todo } from './todo.ts';

/** Every rule that challenges are held to. A new one is one file and one line. */
export const RULES: readonly LintRule[] = [
  schema,
  references,
  customChecks,
  hints,
  hintTellsAnswer,
  instructionsMention,
  sentences,
  solutionGivenAway,
  commands,
  files,
  readmeMetadata,
  fixtures,
  todo,
];
