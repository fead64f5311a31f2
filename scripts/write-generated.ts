// Writes out what is made from the code: the JSON Schemas for editors and other programs, and the reference
// of checks. `npm run generate`; with --check it writes nothing and fails where a file is not what the code
// says.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SHIPPED } from '../graders/harness/collection/collection.ts';
import { configSchema } from '../graders/harness/collection/config.ts';
import type { Schema } from '../graders/harness/document/schema.ts';
import { evidenceSchema } from '../graders/harness/evidence/schema.ts';
import { checksGuide } from '../graders/harness/grader/checks-guide.ts';
import { graderSchema } from '../graders/harness/grader/schema.ts';
import { reportSchema } from '../graders/harness/report/schema.ts';

const json = (schema: Schema) => `${JSON.stringify(schema, null, 2)}\n`;

const files = {
  'grader.schema.json': json(graderSchema()),
  'config.schema.json': json(configSchema()),
  'evidence.schema.json': json(evidenceSchema()),
  'report.schema.json': json(reportSchema()),
  'checks.md': checksGuide(),
};

for (const [name, text] of Object.entries(files)) {
  const file = join(SHIPPED.graders, name);
  if (!process.argv.includes('--check')) {
    await writeFile(file, text);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`graders/${name} is not what the code says: run \`npm run generate\``);
    process.exitCode = 1;
  }
}
