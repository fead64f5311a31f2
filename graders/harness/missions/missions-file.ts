import { documentSchema, list, object, type Schema } from '../document/schema.ts';
import { parseValidated, type ValidatedDocument } from '../document/validated-document.ts';
import { lazyValidator } from '../document/validator.ts';

/** A mission, as that file has it. */
export interface MissionEntry {
  /** The name of its folder. */
  id: string;
  title: string;
  about: string;
  /** Its challenges in order, without the mission's name. */
  challenges: string[];
}

const slug: Schema = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' };
const line: Schema = { type: 'string', minLength: 1, pattern: '^\\S.*$' };

/** The JSON Schema of `missions.yaml`: `graders/missions.schema.json` is this, written out for editors. */
export function missionsSchema(): Schema {
  const mission = object({
    id: { ...slug, description: "The name of the mission's folder." },
    title: { ...line, description: 'What it is called.' },
    about: { ...line, description: 'What one learns in it, in one line.' },
    challenges: {
      ...list({ ...slug, description: "The challenge's name, without the mission's." }),
      uniqueItems: true,
      description: 'Its challenges, in the order in which they are best worked on.',
    },
  });
  return documentSchema('The missions and their order', object({ missions: list(mission) }));
}

const validator = lazyValidator(missionsSchema);

/** Parses the text of such a file; `name` is its name for messages. Throws DocumentError with the place. */
export function parseMissions(text: string, name: string): ValidatedDocument<{ missions: MissionEntry[] }> {
  return parseValidated(text, name, validator(), { schema: missionsSchema });
}
