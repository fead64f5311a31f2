// Writes the JSON Schemas out for editors and other programs: `npm run schemas`. With --check it writes
// nothing and fails where a file is not what the code says.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evidenceSchema } from '../graders/harness/evidence/schema.ts';
import { GRADERS_FOLDER } from '../graders/harness/grader/load.ts';
import { graderSchema } from '../graders/harness/grader/schema.ts';
import { reportSchema } from '../graders/harness/report/schema.ts';

const schemas = { grader: graderSchema(), evidence: evidenceSchema(), report: reportSchema() };

for (const [name, schema] of Object.entries(schemas)) {
  const file = join(GRADERS_FOLDER, `${name}.schema.json`);
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    await writeFile(file, text);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`${name}.schema.json is not what the code says: run \`npm run schemas\``);
    process.exitCode = 1;
  }
}
