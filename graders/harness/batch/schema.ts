import { Literal, type Static } from 'typebox';
import {
  count,
  documentOf,
  list,
  named,
  nullable,
  object,
  oneOf,
  ordinal,
  points,
  text,
  time,
} from '../base/document/define.ts';
import type { Schema } from '../base/document/schema.ts';
import { Report, SubmissionStatus } from '../judging/report/report.ts';
import { BatchSubmission, Learner, SubmissionFault } from './submission.ts';

// Each definition is the schema and the type of the same name. Other modules import types alone from here.

const BatchRecord = object({
  submission: text(),
  challenge: text(),
  fingerprint: text('Tells whether the work has changed: a commit, or a digest.'),
  attempts: ordinal('More than 1 after faults of ours.'),
  report: named<Report>(Report),
  evidence: nullable(text(), "Its file, below the batch's folder."),
  finishedAt: time('UTC.'),
  tookMs: count('From its start to its report.'),
});
/** One submission's challenge, graded: a line of the journal. */
export interface BatchRecord extends Static<typeof BatchRecord> {}

const ResultCell = object({
  challenge: text(),
  status: oneOf([...SubmissionStatus.enum, 'not submitted', 'pending'], '`pending`: not graded yet.'),
  score: nullable(points(), 'Null where it was not graded, or is not yet.'),
  maxScore: points(),
  record: nullable(
    named<BatchRecord>(BatchRecord),
    'Null where there is none yet, or nothing was submitted.',
  ),
});
export interface ResultCell extends Static<typeof ResultCell> {}

const ResultRow = object({
  id: text("The submission's id; for who did not submit, the roster's identifier."),
  learner: nullable(named<Learner>(Learner)),
  submission: nullable(named<BatchSubmission>(BatchSubmission), 'Null for who did not submit.'),
  cells: list(named<ResultCell>(ResultCell), 'In the order of the challenges.'),
  score: nullable(points(), 'Null where some challenge was not graded, or is not yet.'),
  maxScore: points(),
});
/** Everything of one submitter. */
export interface ResultRow extends Static<typeof ResultRow> {}

const ResultsDocument = object({
  version: Literal(1),
  challenges: list(object({ id: text(), title: text(), points: points() })),
  rows: list(named<ResultRow>(ResultRow)),
  faults: list(
    named<SubmissionFault>(SubmissionFault),
    'What could not be had, such as a repository: ours, not the learner’s.',
  ),
});
/** `results.json`. */
export interface ResultsDocument extends Static<typeof ResultsDocument> {}

/** The JSON Schema of the results of a batch: `graders/results.schema.json` is this, written out. */
export function resultsSchema(): Schema {
  return documentOf('Results of a class', ResultsDocument);
}
