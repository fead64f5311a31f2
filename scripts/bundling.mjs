// What the bundles have in common: the package's own and the action's.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

export const root = fileURLToPath(new URL('..', import.meta.url));

// Compiling the schemas takes longer than judging a submission, so the bundle has them compiled: each module
// here is replaced by one that exports the same name.
const validators = {
  'graders/harness/grader/validate.ts': [
    'graderValidator',
    './graders/harness/grader/schema.ts',
    'graderSchema',
  ],
  'graders/harness/evidence/validate.ts': [
    'evidenceValidator',
    './graders/harness/evidence/schema.ts',
    'evidenceSchema',
  ],
};

/** @type {import('esbuild').Plugin} */
const compiledValidators = {
  name: 'compiled-validators',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]validate\.ts$/ }, async ({ path }) => {
      const [name, schemaModule, schemaName] = validators[relative(root, path).replaceAll('\\', '/')];
      const load = (module) => tsImport(new URL(`../${module}`, import.meta.url).href, import.meta.url);
      const { makeAjv } = await load('./graders/harness/document/validator.ts');
      const { default: standaloneCode } = (await import('ajv/dist/standalone/index.js')).default;
      const ajv = makeAjv(true);
      const code = standaloneCode(ajv, ajv.compile((await load(schemaModule))[schemaName]()));
      return {
        contents: `${code.replace('export default', '')}\nexport const ${name} = () => validate;`,
        resolveDir: root,
      };
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
export const common = {
  absWorkingDir: root,
  write: false,
  metafile: true,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  plugins: [compiledValidators],
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
  const temporary = `${file.path}.${process.pid}`;
  await writeFile(temporary, file.contents);
  await rename(temporary, file.path);
}
