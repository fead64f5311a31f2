import type { Static } from 'typebox';
import { documentOf, list, named, object, text } from '../../base/document/define.ts';
import type { Schema } from '../../base/document/schema.ts';

const slug = (description: string) => text(description, { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' });
const line = (description: string) => text(description, { minLength: 1, pattern: '^\\S.*$' });

const MissionEntry = object({
  id: slug("The name of the mission's folder."),
  title: line('What it is called.'),
  about: line('What one learns in it, in one line.'),
  challenges: list(
    slug("The challenge's name, without the mission's."),
    'Its challenges, in the order in which they are best worked on.',
    { uniqueItems: true },
  ),
});
/** A mission, as `missions.yaml` has it. */
export interface MissionEntry extends Static<typeof MissionEntry> {}

const Missions = object({ missions: list(named<MissionEntry>(MissionEntry)) });
export interface Missions extends Static<typeof Missions> {}

/** The JSON Schema of `missions.yaml`: `graders/missions.schema.json` is this, written out for editors. */
export function missionsSchema(): Schema {
  return documentOf('The missions and their order', Missions);
}
