import { Optional, type Static } from 'typebox';
import { count, flag, named, nullable, object, text, time } from '../base/document/define.ts';

// Each definition is the schema and the type of the same name. Other modules import types alone from here.

/** Somebody on the roster. */
export const Learner = object({
  identifier: text("The school's name for them."),
  username: nullable(text(), 'On GitHub.'),
  githubId: nullable(text()),
  name: nullable(text()),
});
export interface Learner extends Static<typeof Learner> {}

/** The commit that is graded, of a submission that was cloned or is a repository. */
export const SubmittedCommit = object({
  sha: text(),
  date: time('UTC.'),
  late: nullable(count(), 'Seconds after the deadline; null where there is none.'),
  changed: Optional(flag('The folder holds other than this commit: that is graded.')),
});
export interface SubmittedCommit extends Static<typeof SubmittedCommit> {}

/** One submitter's work, found on disk. */
export const BatchSubmission = object({
  id: text('Unique in the batch; names its files.'),
  learner: nullable(named<Learner>(Learner), 'Null where no roster names them.'),
  path: text('The folder or script that was graded.'),
  isApart: Optional(flag('True for a script in whose folder those of others lie: it alone was copied.')),
  commit: nullable(named<SubmittedCommit>(SubmittedCommit), 'Null where it is no repository.'),
});
export interface BatchSubmission extends Static<typeof BatchSubmission> {}

/** What could not be had, such as a repository that could not be cloned: ours, not the learner's. */
export const SubmissionFault = object({
  id: text(),
  reason: text(),
  learner: Optional(nullable(named<Learner>(Learner))),
});
export interface SubmissionFault extends Static<typeof SubmissionFault> {}

/** What was found: who is to be graded, and what does not fit together. */
export interface FoundSubmissions {
  submissions: BatchSubmission[];
  /** On the roster, and no folder. */
  notSubmitted: Learner[];
  faults: SubmissionFault[];
  /** Submissions of nobody on the roster; left out where there is none. */
  offRoster?: string[];
  /** Submissions that hold nothing, with the reason: an empty repository, one without the tag. */
  missing?: { id: string; reason: string }[];
}
