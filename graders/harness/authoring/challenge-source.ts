import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DocumentError, type Place } from '../base/document/document-error.ts';
import { messageOf, UsageError } from '../base/errors.ts';
import { readPlainFile, readTextOf } from '../base/plain-file.ts';
import type { Collection } from '../challenges/collection/collection.ts';
import type { GraderFile } from '../challenges/grader/grader-file.ts';
import { parseGraderFile } from '../challenges/grader/grader-file.ts';
import { graderFile, loadGrader } from '../challenges/grader/load.ts';
import { referenceProblems } from '../challenges/grader/references.ts';
import { type FileCommand, parseCommandFile } from '../recording/script/command-file/parse.ts';
import { languageOf } from '../recording/submission/languages.ts';
import type { LintFinding } from './lint-finding.ts';

/** A text file of a challenge. */
export interface SourceText {
  /** Its name, as seen from the current folder. */
  file: string;
  text: string;
}

/** A submission that is written as a command file. */
interface CommandSource {
  name: string;
  commands: readonly FileCommand[];
}

/** A grader file that fits the schema, and where in it things stand. */
export interface GraderSource {
  content: GraderFile;
  place(path: readonly (string | number)[]): Place;
}

/** All that an author has written for a challenge, as far as it could be read. */
export interface ChallengeSource {
  id: string;
  graderText: SourceText;
  /** Null where the file does not fit the schema: `broken` says why. */
  grader: GraderSource | null;
  /** What keeps the grader from being loaded. */
  broken: { schema: LintFinding[]; references: LintFinding[]; code: LintFinding[] };
  /** The folder of the instructions and the starter, the fixtures' folder and goldens file: their names. */
  names: { challenge: string; fixtures: string; goldens: string };
  readme: SourceText | null;
  /** What stands beside the instructions and can be run. */
  starters: readonly SourceText[];
  right: readonly string[];
  wrong: readonly string[];
  /** The right submissions that are command files. */
  rightCommands: readonly CommandSource[];
  goldens: SourceText | null;
}

/**
 * Reads the files of a challenge. Throws UsageError for one that has no grader in the collection.
 */
export async function readChallenge(id: string, collection: Collection): Promise<ChallengeSource> {
  const graderText = await readText(await graderFile(id, collection));
  const challenge = join(collection.challenges, id);
  const fixtures = join(collection.fixtures, id);
  const [right, wrong] = await Promise.all([
    namesIn(join(fixtures, 'pass')),
    namesIn(join(fixtures, 'fail')),
  ]);
  const starters = (await namesIn(challenge)).filter(
    (name) => /^solution\./.test(name) && languageOf(join(challenge, name)) !== undefined,
  );
  return {
    id,
    graderText,
    ...(await readGrader(id, graderText, collection)),
    names: {
      challenge: shown(challenge),
      fixtures: shown(fixtures),
      goldens: shown(join(fixtures, 'expected.json')),
    },
    readme: await readIfThere(join(challenge, 'README.md')),
    starters: await Promise.all(starters.map((name) => readText(join(challenge, name)))),
    right,
    wrong,
    rightCommands: await readCommandFiles(join(fixtures, 'pass'), right),
    goldens: await readIfThere(join(fixtures, 'expected.json')),
  };
}

async function readGrader(
  id: string,
  { file, text }: SourceText,
  collection: Collection,
): Promise<Pick<ChallengeSource, 'grader' | 'broken'>> {
  const broken: ChallengeSource['broken'] = { schema: [], references: [], code: [] };
  try {
    const { content, errorAt } = parseGraderFile(text, file);
    broken.references = referenceProblems(content).map(({ path, message }) =>
      findingOf(errorAt(path, message)),
    );
    if (broken.references.length === 0) broken.code = await loadingProblems(id, file, collection);
    return { grader: { content, place: (path) => errorAt(path, '').place }, broken };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    broken.schema = [findingOf(error)];
    return { grader: null, broken };
  }
}

/** What is wrong with the code beside the grader: all else has been looked at. */
async function loadingProblems(id: string, file: string, collection: Collection): Promise<LintFinding[]> {
  try {
    await loadGrader(id, collection);
    return [];
  } catch (error) {
    if (error instanceof DocumentError) return [findingOf(error)];
    if (error instanceof UsageError) return [{ file, line: 1, column: 1, message: messageOf(error) }];
    throw error;
  }
}

function findingOf({ file, place, problem }: DocumentError): LintFinding {
  return { file, ...place, message: problem };
}

async function readCommandFiles(folder: string, names: readonly string[]): Promise<CommandSource[]> {
  const files = names.filter((name) => /\.(?:valkey|redis|txt)$/.test(name));
  return Promise.all(
    files.map(async (name) => {
      const { commands } = parseCommandFile(await readTextOf(join(folder, name)));
      return { name, commands };
    }),
  );
}

async function readText(path: string): Promise<SourceText> {
  return { file: shown(path), text: await readTextOf(path) };
}

async function readIfThere(path: string): Promise<SourceText | null> {
  const text = readPlainFile(path)?.toString();
  return text === undefined ? null : { file: shown(path), text };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new UsageError(`${shown(folder)} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

function shown(path: string): string {
  return relative(process.cwd(), path);
}
