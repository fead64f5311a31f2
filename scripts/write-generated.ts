// Writes out what is made from the code: the JSON Schemas for editors and other programs, the reference of
// checks, and the map of the missions. `npm run generate`; with --check it writes nothing and fails where a
// file is not what the code says.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resultsSchema } from '../graders/harness/batch/exports/results-document.ts';
import { SHIPPED } from '../graders/harness/collection/collection.ts';
import { configSchema } from '../graders/harness/collection/config.ts';
import type { Schema } from '../graders/harness/document/schema.ts';
import { evidenceSchema } from '../graders/harness/evidence/schema.ts';
import { checksGuide } from '../graders/harness/grader/checks-guide.ts';
import { graderSchema } from '../graders/harness/grader/schema.ts';
import { missionMap } from '../graders/harness/missions/map.ts';
import { missionsSchema } from '../graders/harness/missions/missions-file.ts';
import { missionsPage } from '../graders/harness/missions/page.ts';
import { reportSchema } from '../graders/harness/report/schema.ts';

const json = (schema: Schema) => `${JSON.stringify(schema, null, 2)}\n`;

const files = {
  'graders/grader.schema.json': json(graderSchema()),
  'graders/config.schema.json': json(configSchema()),
  'graders/missions.schema.json': json(missionsSchema()),
  'graders/evidence.schema.json': json(evidenceSchema()),
  'graders/report.schema.json': json(reportSchema()),
  'graders/results.schema.json': json(resultsSchema()),
  'graders/checks.md': checksGuide(),
  'challenges/README.md': missionsPage(await missionMap(SHIPPED)),
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
