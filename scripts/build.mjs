// Bundles the command-line tool into dist/. Splitting keeps every lazily imported part in a file of its
// own, so that `--help` loads next to nothing. Packages that are heavy, or that learners' scripts load
// themselves, stay in node_modules.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { tsImport } from 'tsx/esm/api';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = join(root, 'dist');

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

const { outputFiles } = await build({
  entryPoints: {
    cli: 'graders/harness/cli/main.ts',
    'valkey-cli': 'graders/harness/valkey/cli/main.ts',
  },
  absWorkingDir: root,
  outdir,
  write: false,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [compiledValidators],
  external: ['testcontainers', 'tsx', '@actions/core'],
  // Bundled CommonJS packages call require() for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

// `npm run grade` builds too: only what changed is written, and by rename, so that a grading that runs at
// the same time never reads half a file.
for (const file of outputFiles) {
  const written = await readFile(file.path).catch(() => undefined);
  if (written && Buffer.compare(written, file.contents) === 0) continue;
  await mkdir(dirname(file.path), { recursive: true });
  const temporary = `${file.path}.${process.pid}`;
  await writeFile(temporary, file.contents);
  await rename(temporary, file.path);
}

if (process.argv.includes('--clean')) {
  const wanted = new Set(outputFiles.map((file) => file.path));
  for (const name of await readdir(join(outdir, 'chunks')).catch(() => [])) {
    const path = join(outdir, 'chunks', name);
    if (!wanted.has(path)) await rm(path);
  }
}
