import { Optional, type Static } from 'typebox';
import { documentOf, object, text } from '../../base/document/define.ts';
import type { Schema } from '../../base/document/schema.ts';
import { HintPolicy } from '../../judging/hints/policy.ts';

const folder = (what: string, usual: string) =>
  text(`The folder of ${what}, as seen from this file; \`${usual}\` where it is left out.`, {
    minLength: 1,
  });

const Config = object({
  graders: Optional(folder('the graders', 'graders')),
  challenges: Optional(folder('what learners get', 'challenges')),
  fixtures: Optional(folder('the submissions that prove the graders', 'fixtures')),
  hints: Optional(HintPolicy),
});
/** What a `keyspace.config.yaml` says. */
export interface Config extends Static<typeof Config> {}

/** The JSON Schema of `keyspace.config.yaml`: `graders/config.schema.json` is this, written out for editors. */
export function configSchema(): Schema {
  // A file without any setting says: the usual folders.
  return { ...documentOf('A collection of challenges', Config), type: ['object', 'null'] };
}
