import { count, documentSchema, list, nullable, object, type Schema, string } from '../document/schema.ts';
import { environmentSchema } from '../evidence/schema.ts';
import { REPORT_VERSION } from './report.ts';

const points: Schema = { type: 'number', minimum: 0 };

const told = (description: string): Schema => ({ ...string, description });

const command = object(
  {
    line: { ...nullable({ type: 'integer', minimum: 1 }), description: "Its line in the learner's script." },
    command: told('As one types it in valkey-cli.'),
    effect: { ...nullable(string), description: 'What it did.' },
  },
  { index: { ...count, description: 'Its position in the trace of the run, from 0.' } },
);

const check = object({
  id: told('Its name in the grader.'),
  title: told('What holds when it passes.'),
  status: {
    enum: ['passed', 'failed', 'skipped', 'error'],
    description:
      '`skipped`: a check that it needs did not pass. `error`: the grader failed, so there is no score.',
  },
  score: { ...points, description: 'The points that were won.' },
  maxScore: { ...points, description: 'The points that it is worth.' },
  variant: { ...nullable(object({ id: string, title: string })), description: 'Null for the main run.' },
  failure: {
    ...nullable(
      object({
        expected: {
          ...nullable(string),
          description: 'What would have passed; null where it was not judged.',
        },
        actual: told('What was there instead, or why it was not judged.'),
        difference: {
          ...nullable(string),
          description: 'How the two differ, where that is hard to see; null for nothing to add.',
        },
        commands: { ...list(command), description: 'The commands that matter, in order.' },
        hint: { ...nullable(string), description: 'The first hint; null where hints are off.' },
        hints: { ...count, description: 'How many hints there are.' },
      }),
    ),
    description: 'Why it did not pass; null where it passed.',
  },
});

/** The JSON Schema of report documents: `graders/report.schema.json` is this, written out. */
export function reportSchema(): Schema {
  return documentSchema(
    'Report on one submission',
    object({
      version: { const: REPORT_VERSION },
      challenge: object({ id: told('`<mission>/<challenge>`.'), title: string }),
      status: {
        enum: ['passed', 'failed', 'error', 'not started', 'not gradable'],
        description:
          '`error`: a fault of ours. `not started`: no script. `not gradable`: the server is too old for the challenge.',
      },
      score: {
        ...nullable(points),
        description: 'Null where it was not graded, through no fault of the learner.',
      },
      maxScore: { ...points, description: 'The points of the challenge.' },
      submission: {
        ...nullable(object({ script: told("The file's name."), language: string })),
        description: 'Null where nothing was run.',
      },
      environment: {
        ...nullable(environmentSchema),
        description: 'Where it was graded; null where nothing was run.',
      },
      checks: { ...list(check), description: 'In the order of the grader.' },
      notes: {
        ...list(string),
        description: 'What the learner should know of the run: a time limit, denied commands, advice.',
      },
      fault: { ...nullable(string), description: 'What kept the submission from being graded.' },
      elapsedMs: { ...nullable(count), description: "What the script's main run took in ms." },
    }),
  );
}
