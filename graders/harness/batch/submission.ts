/** Somebody on the roster. */
export interface Learner {
  /** The school's name for them: an e-mail address, a number. */
  identifier: string;
  username: string | null;
  githubId: string | null;
  name: string | null;
}

/** The commit that is graded, of a submission that was cloned or is a repository. */
export interface SubmittedCommit {
  sha: string;
  /** ISO 8601, UTC. */
  date: string;
  /**
   * By how many seconds the newest commit that was handed in is after the deadline, also where an earlier one is
   * graded; 0 for in time, null where there is no deadline.
   */
  late: number | null;
  /** True where the folder holds other than this commit: that is what is graded. */
  changed?: boolean;
}

/** One submitter's work, found on disk. */
export interface BatchSubmission {
  /** Unique in the batch, and fit to be a file's name: the username, or what stands for it in the folder's name. */
  id: string;
  /** Null where nobody on the roster fits, or there is no roster. */
  learner: Learner | null;
  /** The folder (or script), absolute. */
  path: string;
  commit: SubmittedCommit | null;
}

/** What was found: who is to be graded, and what does not fit together. */
export interface FoundSubmissions {
  submissions: BatchSubmission[];
  /** On the roster, and no folder. */
  notSubmitted: Learner[];
  /** What could not be had, with the reason: a repository that could not be cloned. Ours, not the learner's. */
  faults: { id: string; reason: string; learner?: Learner | null }[];
  /** Submissions of nobody on the roster; left out where there is none. */
  offRoster?: string[];
  /** Submissions that hold nothing, with the reason: an empty repository, one without the tag. */
  missing?: { id: string; reason: string }[];
}
