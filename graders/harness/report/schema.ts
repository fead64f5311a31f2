import { count, documentSchema, list, nullable, object, type Schema, string } from '../document/schema.ts';
import { environmentSchema } from '../evidence/schema.ts';
import { REPORT_VERSION } from './report.ts';

const points: Schema = { type: 'number', minimum: 0 };

const command = object(
  {
    line: { ...nullable({ type: 'integer', minimum: 1 }), description: "Its line in the learner's script." },
    command: string,
    effect: { ...nullable(string), description: 'What it did.' },
  },
  { index: { ...count, description: 'Its position in the trace of the run, from 0.' } },
);

const check = object({
  id: string,
  title: string,
  status: { enum: ['passed', 'failed', 'skipped', 'error'] },
  score: points,
  maxScore: points,
  variant: { ...nullable(object({ id: string, title: string })), description: 'Null for the main run.' },
  failure: nullable(
    object({
      expected: nullable(string),
      actual: string,
      difference: nullable(string),
      commands: list(command),
      hint: { ...nullable(string), description: 'The first hint.' },
      hints: { ...count, description: 'How many hints there are.' },
    }),
  ),
});

/** The JSON Schema of report documents: `graders/report.schema.json` is this, written out. */
export function reportSchema(): Schema {
  return documentSchema(
    'Report on one submission',
    object({
      version: { const: REPORT_VERSION },
      challenge: object({ id: string, title: string }),
      status: { enum: ['passed', 'failed', 'error', 'not started', 'not gradable'] },
      score: {
        ...nullable(points),
        description: 'Null where it was not graded, through no fault of the learner.',
      },
      maxScore: points,
      submission: nullable(object({ script: string, language: string })),
      environment: nullable(environmentSchema),
      checks: list(check),
      notes: list(string),
      fault: { ...nullable(string), description: 'What kept the submission from being graded.' },
      elapsedMs: { ...nullable(count), description: "What the script's main run took in ms." },
    }),
  );
}
