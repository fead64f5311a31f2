// Writes the declarations of what package.json's `exports` names to dist/types. tsc makes them of every module that
// the code imports; those that no entry leads to are left out.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { root } from './bundling.mjs';
import { isDefinedBySchemas, plainDeclarations } from './plain-declarations.mjs';

const config = ts.getParsedCommandLineOfConfigFile(
  join(root, 'scripts', 'tsconfig.types.json'),
  {},
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail },
);
const program = ts.createProgram(config.fileNames, config.options);
const { rootDir, outDir } = config.options;

const written = new Map();
const { diagnostics } = program.emit(undefined, (path, text) => written.set(resolve(path), text));
for (const diagnostic of [...ts.getPreEmitDiagnostics(program), ...diagnostics]) fail(diagnostic);

for (const source of program.getSourceFiles()) {
  const path = join(outDir, relative(rootDir, source.fileName).replace(/\.ts$/, '.d.ts'));
  if (written.has(path) && isDefinedBySchemas(source))
    written.set(path, await plainDeclarations(program, source));
}

const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const kept = new Set();
for (const { types } of Object.values(exports)) if (types) keep(join(root, types));

await rm(outDir, { recursive: true, force: true });
for (const path of kept) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, written.get(path));
}

/** @param {string} path */
function keep(path) {
  const text = written.get(path);
  if (kept.has(path) || text === undefined) return;
  kept.add(path);
  for (const [, module] of text.matchAll(/(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g))
    keep(resolve(dirname(path), module.replace(/\.ts$/, '.d.ts')));
}

/** @param {ts.Diagnostic} diagnostic */
function fail(diagnostic) {
  throw new Error(ts.formatDiagnostic(diagnostic, ts.createCompilerHost({})));
}
