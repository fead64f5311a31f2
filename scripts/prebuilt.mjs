// Parsing graders takes longer than all else that `list` does, and longer than judging a submission: the bundle
// has what it comes to. Each text is known by its digest, so that one which has changed since is parsed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadModule } from './load-module.mjs';

/** @type {import('esbuild').Plugin} */
export const prebuiltDocuments = {
  name: 'prebuilt-documents',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]document[\\/]prebuilt\.ts$/ }, async () => ({
      contents: `export const PREBUILT = ${JSON.stringify(Object.fromEntries(await readDocuments()))};`,
    }));
  },
};

/**
 * The contents of the graders and of the missions' file, as JSON, by digest. What has a mistake is left out:
 * commands tell it.
 */
async function readDocuments() {
  const [
    { SHIPPED },
    { listChallenges },
    { parseGraderFile },
    { referenceProblems },
    missions,
    { digestOf },
  ] = await Promise.all(
    [
      ...[
        'challenges/collection/collection.ts',
        'challenges/grader/list.ts',
        'challenges/grader/grader-file.ts',
        'challenges/grader/references.ts',
      ],
      ...['challenges/missions/missions-file.ts', 'base/text/digest.ts'],
    ].map(loadModule),
  );
  const parseGrader = (text, file) => {
    const { content, errorAt } = parseGraderFile(text, file);
    const [problem] = referenceProblems(content);
    if (problem) throw errorAt(problem.path, problem.message);
    // In a checks module, too, there may be a mistake, whose place in the grader is told.
    if (content.checks.some(({ kind }) => kind === 'custom'))
      throw new Error('not known before it is loaded');
    return content;
  };
  const files = [
    ...(await listChallenges(SHIPPED)).map((id) => [join(SHIPPED.graders, `${id}.yaml`), parseGrader]),
    [join(SHIPPED.challenges, 'missions.yaml'), (text, file) => missions.parseMissions(text, file).content],
  ];
  const documents = new Map();
  for (const [file, parse] of files) {
    const text = await readFile(file, 'utf8');
    try {
      documents.set(digestOf(text), JSON.stringify(parse(text, file)));
    } catch {
      // `grade` and `list` tell what is wrong with it.
    }
  }
  return documents;
}
