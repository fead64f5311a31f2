import { Literal, Optional, type Static } from 'typebox';
import {
  count,
  flag,
  list,
  named,
  nullable,
  object,
  oneOf,
  points,
  text,
} from '../../base/document/define.ts';
import { Environment } from '../../evidence/evidence.ts';
import { CommandNote } from '../checks/command-note.ts';
import { Cause } from './cause/cause.ts';
import { REPORT_VERSION } from './version.ts';

// Each definition is the schema and the type of the same name. Other modules import types alone from here.

const CheckStatus = oneOf(
  ['passed', 'failed', 'skipped', 'error'],
  '`skipped`: a check that it needs did not pass. `error`: the grader failed, so there is no score.',
);
export type CheckStatus = Static<typeof CheckStatus>;

export const SubmissionStatus = oneOf(
  ['passed', 'failed', 'error', 'not started', 'not gradable'],
  '`error`: a fault of ours. `not started`: no script. `not gradable`: the server is too old for the challenge.',
);
export type SubmissionStatus = Static<typeof SubmissionStatus>;

export const FailureReport = object({
  expected: nullable(text(), 'What would have passed; null where it was not judged.'),
  expectedBeforeHints: Optional(
    nullable(
      text(),
      'What learners are shown in its place until they take a hint; null for nothing. Only there if `expected` tells which command solves the check, and no hint beyond the first was taken.',
    ),
  ),
  actual: text('What was there instead, or why it was not judged.'),
  difference: nullable(text(), 'How the two differ, where that is hard to see; null for nothing to add.'),
  commands: list(named<CommandNote>(CommandNote), 'The commands that matter, in order.'),
  hint: nullable(text(), 'The first hint; null where hints are off.'),
  hints: count('How many hints there are.'),
});
export interface FailureReport extends Static<typeof FailureReport> {}

export const CheckReport = object({
  id: text('Its name in the grader.'),
  title: text('What holds when it passes.'),
  status: CheckStatus,
  score: points('The points that were won.'),
  maxScore: points('The points that it is worth.'),
  variant: nullable(object({ id: text(), title: text() }), 'Null for the main run.'),
  failure: nullable(named<FailureReport>(FailureReport), 'Why it did not pass; null where it passed.'),
});
export interface CheckReport extends Static<typeof CheckReport> {}

/** The verdicts on one submission. Report formats are written from this, some also from the evidence. */
export const Report = object({
  version: Literal(REPORT_VERSION),
  challenge: object({ id: text('`<mission>/<challenge>`.'), title: text() }),
  status: SubmissionStatus,
  score: nullable(points(), 'Null where it was not graded, through no fault of the learner.'),
  maxScore: points('The points of the challenge.'),
  submission: nullable(
    object({ script: text("The file's name."), language: text() }),
    'Null where nothing was run.',
  ),
  environment: nullable(named<Environment>(Environment), 'Where it was graded; null where nothing was run.'),
  causes: Optional(
    list(
      named<Cause>(Cause),
      'What kept the script from doing its work, first of all what led to the rest. Only there where something did, and not every check passed.',
    ),
  ),
  nothingRan: Optional(
    flag(
      'True where no command of the script did anything, so that its checks wait for one. Only there where it is true.',
    ),
  ),
  checks: list(named<CheckReport>(CheckReport), 'In the order of the grader.'),
  notes: list(text(), 'What else the learner should know of the run.'),
  fault: nullable(text(), 'What kept the submission from being graded.'),
  elapsedMs: nullable(count(), "What the script's main run took in ms."),
});
export interface Report extends Static<typeof Report> {}
