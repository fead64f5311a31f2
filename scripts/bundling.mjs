// What the bundles have in common: the package's own and the action's.
import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inlinedAssets } from './inlined-assets.mjs';
import { loadModule } from './load-module.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The documents that are validated while the tool runs: the folder of each, and the name of its schema. */
const documents = {
  'challenges/grader': 'grader',
  evidence: 'evidence',
  'challenges/collection': 'config',
  'challenges/missions': 'missions',
  'challenges/hints': 'hints',
  'learning/progress': 'progress',
};

// Making the schemas and compiling them takes longer than judging a submission, so the bundle has what comes of it:
// `validate.ts` and `schema.ts` of these folders are replaced by modules that export the same name.
/** @type {import('esbuild').Plugin} */
const compiledSchemas = {
  name: 'compiled-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](?:validate|schema)\.ts$/ }, async ({ path }) => {
      const module = basename(path);
      const folder = relative(join(root, 'graders/harness'), dirname(path)).replaceAll(sep, '/');
      const name = documents[folder];
      if (name === undefined) return undefined;
      // That of graders is put together from what the kinds of check say, which are there anyway.
      if (path.endsWith(join('grader', 'schema.ts'))) return undefined;
      const schema = (await loadModule(`${folder}/schema.ts`))[`${name}Schema`]();
      return module === 'schema.ts'
        ? { contents: `const schema = ${JSON.stringify(schema)}; export const ${name}Schema = () => schema;` }
        : { contents: await validatorModule(schema, `${name}Validator`), resolveDir: root };
    });
  },
};

async function validatorModule(schema, name) {
  const { makeAjv } = await loadModule('base/document/validator.ts');
  const { default: standaloneCode } = (await import('ajv/dist/standalone/index.js')).default;
  const ajv = makeAjv(true);
  const code = standaloneCode(ajv, ajv.compile(schema));
  return `${code.replace('export default', '')}\nexport const ${name} = () => validate;`;
}

/** @type {import('esbuild').BuildOptions} */
export const common = {
  absWorkingDir: root,
  write: false,
  metafile: true,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  plugins: [compiledSchemas, inlinedAssets],
  // Bundled CommonJS packages call require() for Node's own modules, and Docker's client asks where it lies.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url); const __filename = import.meta.filename; const __dirname = import.meta.dirname;",
  },
  logLevel: 'warning',
};

/**
 * Writes what changed, and by rename: a grading that runs at the same time never reads half a file.
 * @param {{ path: string, contents: Uint8Array }} file
 */
export async function writeChanged(file) {
  const written = await readFile(file.path).catch(() => undefined);
  if (written && Buffer.compare(written, file.contents) === 0) return;
  await mkdir(dirname(file.path), { recursive: true });
  const { writeOutputFile } = await loadModule('base/output-file.ts');
  await writeOutputFile(file.path, file.contents);
}
