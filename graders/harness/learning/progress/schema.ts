import { Literal, type Static } from 'typebox';
import { documentOf, object, oneOf, points, text } from '../../base/document/define.ts';
import type { Schema } from '../../base/document/schema.ts';

const ProgressFile = object(
  {
    version: Literal(1),
    // A folder that was copied for another challenge says nothing about that one.
    challenge: text(),
    status: oneOf(['passed', 'failed']),
    score: points(),
    maxScore: points(),
    // Of the solution that came to this: with another one nothing is claimed.
    solution: text(),
  },
  undefined,
  // What a later version adds is passed over.
  { additionalProperties: true },
);
/** The file that remembers what a solution came to when it was last graded. */
export interface ProgressFile extends Static<typeof ProgressFile> {}

/** The JSON Schema of the file that remembers what a solution came to. */
export function progressSchema(): Schema {
  return documentOf('What a solution came to when it was last graded', ProgressFile);
}
