// Writes out what is made from the code: the JSON Schemas for editors and other programs, the reference of
// checks, the fields of the formats, the map of the missions, and the README's picture of a report. `npm run generate`; with --check it
// writes nothing and fails where a file is not what the code says.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Schema } from '../graders/harness/base/document/schema.ts';
import { resultsSchema } from '../graders/harness/batch/schema.ts';
import { SHIPPED } from '../graders/harness/challenges/collection/collection.ts';
import { configSchema } from '../graders/harness/challenges/collection/schema.ts';
import { graderSchema } from '../graders/harness/challenges/grader/schema.ts';
import { missionMap } from '../graders/harness/challenges/missions/map.ts';
import { missionsPage } from '../graders/harness/challenges/missions/page.ts';
import { missionsSchema } from '../graders/harness/challenges/missions/schema.ts';
import { evidenceSchema } from '../graders/harness/evidence/schema.ts';
import { reportSchema } from '../graders/harness/judging/report/schema.ts';
import { PICTURE, reportPicture } from './picture/report-picture.ts';
import { checksGuide } from './reference/checks-guide.ts';
import { formatDocuments } from './reference/format-documents.ts';
import { fillRegions } from './reference/marked-regions.ts';

const json = (schema: Schema) => `${JSON.stringify(schema, null, 2)}\n`;

/** Documents of which parts are generated, and the rest is written by hand. */
const documents = await Promise.all(
  Object.entries(formatDocuments()).map(async ([name, parts]) => {
    const text = await readFile(join(SHIPPED.root, name), 'utf8');
    return [name, fillRegions(text, parts)] as const;
  }),
);

const files = {
  'graders/grader.schema.json': json(graderSchema()),
  'graders/config.schema.json': json(configSchema()),
  'graders/missions.schema.json': json(missionsSchema()),
  'graders/evidence.schema.json': json(evidenceSchema()),
  'graders/report.schema.json': json(reportSchema()),
  'graders/results.schema.json': json(resultsSchema()),
  'graders/checks.md': checksGuide(),
  'challenges/README.md': missionsPage(await missionMap(SHIPPED)),
  ...Object.fromEntries(documents),
  [PICTURE]: await reportPicture(),
};

for (const [name, text] of Object.entries(files)) {
  const file = join(SHIPPED.root, name);
  if (!process.argv.includes('--check')) {
    await writeFile(file, text);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`${name} is not what the code says: run \`npm run generate\``);
    process.exitCode = 1;
  }
}
