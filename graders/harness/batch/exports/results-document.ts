import { count, documentSchema, list, nullable, object, type Schema, string } from '../../document/schema.ts';
import { reportSchema } from '../../report/schema.ts';
import type { BatchResults } from '../results.ts';

/** The version of `results.json`; its JSON Schema is `results.schema.json`. */
const RESULTS_VERSION = 1;

/** The results of a batch as a document for programs. */
export function resultsDocument(results: BatchResults): string {
  return `${JSON.stringify({ version: RESULTS_VERSION, ...results }, null, 2)}\n`;
}

const points: Schema = { type: 'number', minimum: 0 };
const time: Schema = { type: 'string', format: 'date-time' };

const learner = object({
  identifier: { ...string, description: "The school's name for them." },
  username: { ...nullable(string), description: 'On GitHub.' },
  githubId: nullable(string),
  name: nullable(string),
});

const commit = object(
  {
    sha: string,
    date: { ...time, description: 'UTC.' },
    late: { ...nullable(count), description: 'Seconds after the deadline; null where there is none.' },
  },
  { changed: { type: 'boolean', description: 'The folder holds other than this commit: that is graded.' } },
);

const submission = object({
  id: { ...string, description: 'Unique in the batch; names its files.' },
  learner: { ...nullable(learner), description: 'Null where no roster names them.' },
  path: { ...string, description: 'The folder or script that was graded.' },
  commit: { ...nullable(commit), description: 'Null where it is no repository.' },
});

/** The JSON Schema of the results of a batch: `graders/results.schema.json` is this, written out. */
export function resultsSchema(): Schema {
  const { $schema, title, ...report } = reportSchema();
  const record = object({
    submission: string,
    challenge: string,
    fingerprint: { ...string, description: 'Tells whether the work has changed: a commit, or a digest.' },
    attempts: { type: 'integer', minimum: 1, description: 'More than 1 after faults of ours.' },
    report,
    evidence: { ...nullable(string), description: "Its file, below the batch's folder." },
    finishedAt: { ...time, description: 'UTC.' },
    tookMs: { ...count, description: 'From its start to its report.' },
  });
  const cell = object({
    challenge: string,
    status: {
      enum: ['passed', 'failed', 'error', 'not started', 'not gradable', 'not submitted', 'pending'],
      description: '`pending`: not graded yet.',
    },
    score: { ...nullable(points), description: 'Null where it was not graded, or is not yet.' },
    maxScore: points,
    record: { ...nullable(record), description: 'Null where there is none yet, or nothing was submitted.' },
  });
  const row = object({
    id: { ...string, description: "The submission's id; for who did not submit, the roster's identifier." },
    learner: nullable(learner),
    submission: { ...nullable(submission), description: 'Null for who did not submit.' },
    cells: { ...list(cell), description: 'In the order of the challenges.' },
    score: { ...nullable(points), description: 'Null where some challenge was not graded, or is not yet.' },
    maxScore: points,
  });
  return documentSchema(
    'Results of a class',
    object({
      version: { const: RESULTS_VERSION },
      challenges: list(object({ id: string, title: string, points })),
      rows: list(row),
      faults: {
        ...list(object({ id: string, reason: string }, { learner: nullable(learner) })),
        description: 'What could not be had, such as a repository: ours, not the learner’s.',
      },
    }),
  );
}
