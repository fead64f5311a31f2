// Parsing all graders takes longer than all else that `list` does: the bundle has what it comes to. Each text
// is known by its hash, so that one which has changed since is parsed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';

const load = (module) =>
  tsImport(new URL(`../graders/harness/${module}`, import.meta.url).href, import.meta.url);

/** @type {import('esbuild').Plugin} */
export const rememberedTexts = {
  name: 'remembered-texts',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]missions[\\/]remembered\.ts$/ }, async () => ({
      contents: `export const REMEMBERED = ${JSON.stringify(await remember())};`,
    }));
  },
};

async function remember() {
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
  const { keyOf } = await load('missions/key.ts');
  const text = await readFile(file, 'utf8');
  try {
    return [keyOf(text), parse(text, file)];
  } catch {
    // `list` tells what is wrong with it.
    return [];
  }
}
