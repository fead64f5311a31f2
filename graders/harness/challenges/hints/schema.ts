import { Literal, type Static } from 'typebox';
import { byName, count, documentOf, object } from '../../base/document/define.ts';
import type { Schema } from '../../base/document/schema.ts';

const HintsFile = object(
  {
    version: Literal(1),
    // By the id of the challenge, since one folder may hold the scripts of several: what was taken of each check.
    challenges: byName(byName(count())),
  },
  undefined,
  // What a later version adds is passed over.
  { additionalProperties: true },
);
/** The file that keeps hints. */
export interface HintsFile extends Static<typeof HintsFile> {}

/** The JSON Schema of the file that keeps hints. */
export function hintsSchema(): Schema {
  return documentOf('Hints that were taken', HintsFile);
}
