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
    onLoad({ filter: /[\\/]missions[\\/]remembered\.ts$/ }, async () => ({
      contents: `export const REMEMBERED = ${JSON.stringify(await rememberMap())};`,
    }));
    // A file for each grader, which is only read where that challenge is graded.
    const graders = rememberGraders();
    onLoad({ filter: /[\\/]grader[\\/]remembered\.ts$/ }, async () => ({
      contents: `export const REMEMBERED = {${Array.from(await graders, ([id, { key }]) => `${JSON.stringify(key)}: () => import('remembered:${id}')`)}};`,
    }));
    onResolve({ filter: /^remembered:/ }, ({ path }) => ({
      path: path.replace(/^remembered:/, ''),
      namespace: 'remembered',
    }));
    onLoad({ filter: /./, namespace: 'remembered' }, async ({ path }) => ({
      contents: `export const content = ${JSON.stringify((await graders).get(path).content)};`,
    }));
  },
};

/** What graders come to that have no mistake, by challenge. Those with code of their own are left out. */
async function rememberGraders() {
  const { SHIPPED } = await load('collection/collection.ts');
  const { listChallenges } = await load('grader/list.ts');
  const { loadGrader } = await load('grader/load.ts');
  const { parseGraderFile } = await load('grader/grader-file.ts');
  const { digestOf } = await load('text/digest.ts');
  const remembered = new Map();
  for (const id of await listChallenges(SHIPPED)) {
    const file = join(SHIPPED.graders, `${id}.yaml`);
    const text = await readFile(file, 'utf8');
    try {
      await loadGrader(id, SHIPPED);
      const { content } = parseGraderFile(text, file);
      if (content.checks.every(({ kind }) => kind !== 'custom'))
        remembered.set(id, { key: digestOf(text), content });
    } catch {
      // `grade` tells what is wrong with it.
    }
  }
  return remembered;
}

async function rememberMap() {
  const { SHIPPED } = await load('collection/collection.ts');
  const { listChallenges } = await load('grader/list.ts');
  const { graderFacts } = await load('missions/grader-facts.ts');
  const { parseMissions } = await load('missions/missions-file.ts');
  const graders = (await listChallenges(SHIPPED)).map((id) => join(SHIPPED.graders, `${id}.yaml`));
  return {
    graders: Object.fromEntries(await Promise.all(graders.map((file) => entry(file, graderFacts)))),
    missions: Object.fromEntries([
      await entry(
        join(SHIPPED.challenges, 'missions.yaml'),
        (text, file) => parseMissions(text, file).content.missions,
      ),
    ]),
  };
}

async function entry(file, parse) {
  const { digestOf } = await load('text/digest.ts');
  const text = await readFile(file, 'utf8');
  try {
    return [digestOf(text), parse(text, file)];
  } catch {
    // `list` tells what is wrong with it.
    return [];
  }
}
