// Parsing graders takes longer than all else that `list` does, and longer than judging a submission: the bundle
// has what it comes to. Each text is known by its hash, so that one which has changed since is parsed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';

const load = (module) =>
  tsImport(new URL(`../graders/harness/${module}`, import.meta.url).href, import.meta.url);

/** @type {import('esbuild').Plugin} */
export const rememberedTexts = {
  name: 'remembered-texts',
  setup({ onLoad, onResolve }) {
    const graders = readGraders();
    onLoad({ filter: /[\\/]missions[\\/]remembered\.ts$/ }, async () => ({
      contents: `export const REMEMBERED = ${JSON.stringify(await rememberMap(await graders))};`,
    }));
    // A file for each grader, which is only read where that challenge is graded.
    onLoad({ filter: /[\\/]grader[\\/]remembered\.ts$/ }, async () => ({
      contents: `export const REMEMBERED = {${(await rememberedGraders(await graders)).map(({ id, key }) => `${JSON.stringify(key)}: () => import('remembered:${id}')`)}};`,
    }));
    onResolve({ filter: /^remembered:/ }, ({ path }) => ({
      path: path.replace(/^remembered:/, ''),
      namespace: 'remembered',
    }));
    onLoad({ filter: /./, namespace: 'remembered' }, async ({ path }) => ({
      contents: `export const content = ${JSON.stringify((await graders).find(({ id }) => id === path).content)};`,
    }));
  },
};

/** The graders that can be read, each of which is read once. */
async function readGraders() {
  const [{ SHIPPED }, { listChallenges }, { parseGraderFile }, { digestOf }] = await Promise.all(
    ['collection/collection.ts', 'grader/list.ts', 'grader/grader-file.ts', 'text/digest.ts'].map(load),
  );
  const graders = [];
  for (const id of await listChallenges(SHIPPED)) {
    const file = join(SHIPPED.graders, `${id}.yaml`);
    const text = await readFile(file, 'utf8');
    try {
      graders.push({ id, key: digestOf(text), content: parseGraderFile(text, file).content });
    } catch {
      // `grade` and `list` tell what is wrong with it.
    }
  }
  return graders;
}

/** Those without a mistake: `grade` tells one. Those with code of their own are left out. */
async function rememberedGraders(graders) {
  const { referenceProblems } = await load('grader/references.ts');
  return graders.filter(
    ({ content }) =>
      referenceProblems(content).length === 0 && content.checks.every(({ kind }) => kind !== 'custom'),
  );
}

async function rememberMap(graders) {
  const [{ SHIPPED }, { factsOf }, { parseMissions }, { digestOf }] = await Promise.all(
    [
      'collection/collection.ts',
      'missions/grader-facts.ts',
      'missions/missions-file.ts',
      'text/digest.ts',
    ].map(load),
  );
  const file = join(SHIPPED.challenges, 'missions.yaml');
  const text = await readFile(file, 'utf8');
  const remembered = {
    graders: Object.fromEntries(graders.map(({ key, content }) => [key, factsOf(content)])),
    missions: {},
  };
  try {
    remembered.missions[digestOf(text)] = parseMissions(text, file).content.missions;
  } catch {
    // `list` tells what is wrong with it.
  }
  return remembered;
}
