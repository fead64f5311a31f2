import { accessSync, closeSync, constants, openSync, readSync } from 'node:fs';
import { extname } from 'node:path';
import { list } from '../../base/text/count.ts';

/** How a script is started: by the harness itself (a command file), or as a process. */
interface KnownLanguage<Id extends string> {
  /** The id that evidence and reports carry. */
  id: Id;
  title: string;
  extensions: readonly string[];
  /**
   * The program, found on the PATH, and its arguments; null where the harness runs the script itself.
   * `tsx` is the module that makes Node run TypeScript.
   */
  start: ((script: string, tsx: string) => readonly [string, ...string[]]) | null;
}

/** Every language that learners may write in. A new one is one more entry. */
export const LANGUAGES = languages([
  {
    id: 'command-file',
    title: 'command file',
    extensions: ['.valkey', '.redis', '.txt'],
    start: null,
  },
  { id: 'bash', title: 'Bash', extensions: ['.sh', '.bash'], start: (script) => ['bash', script] },
  {
    id: 'javascript',
    title: 'JavaScript',
    extensions: ['.js', '.mjs', '.cjs'],
    // The package.json above a script's copy is ours: what Node would have changed there is no matter of the learner's.
    start: (script) => ['node', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', script],
  },
  {
    id: 'typescript',
    title: 'TypeScript',
    extensions: ['.ts', '.mts', '.cts'],
    // Node 20 does not run TypeScript by itself, and later ones not all of it.
    start: (script, tsx) => ['node', '--import', tsx, script],
  },
  { id: 'python', title: 'Python', extensions: ['.py'], start: (script) => ['python3', script] },
]);

const EXECUTABLE: KnownLanguage<'executable'> = {
  id: 'executable',
  title: 'executable',
  extensions: [],
  start: (script) => [script],
};
const ALL = [...LANGUAGES, EXECUTABLE];

export type LanguageId = (typeof ALL)[number]['id'];
export interface Language extends KnownLanguage<LanguageId> {}

/** The language of a script: by its extension, or else an executable with a shebang; undefined for neither. */
export function languageOf(path: string): Language | undefined {
  const extension = extname(path).toLowerCase();
  return (
    LANGUAGES.find((language) => language.extensions.includes(extension)) ??
    (isExecutableWithShebang(path) ? EXECUTABLE : undefined)
  );
}

/** The title of a language by its id. */
export function languageTitle(id: string): string {
  return ALL.find((language) => language.id === id)?.title ?? id;
}

/** The ids of all languages. */
export function languageIds(): LanguageId[] {
  return ALL.map(({ id }) => id);
}

/** All extensions, for messages. */
export function knownExtensions(): string {
  return LANGUAGES.flatMap((language) => language.extensions).join(' ');
}

/** What a script may be named that is no command file: a name for each language, in Markdown. */
export function scriptNames(): string {
  const scripts = LANGUAGES.filter(({ start }) => start !== null);
  return list(
    scripts.map(({ extensions }) => `\`solution${extensions[0]}\``),
    'or',
  );
}

function isExecutableWithShebang(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    // Not executable.
    return false;
  }
  return shebangOf(path) !== undefined;
}

/** The first line of a file that begins with `#!`, without its line feed; undefined for any other file. */
export function shebangOf(path: string): string | undefined {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(256);
    const text = head.toString('utf8', 0, readSync(file, head, 0, head.length, 0));
    return text.startsWith('#!') ? text.split('\n')[0] : undefined;
  } finally {
    closeSync(file);
  }
}

function languages<Id extends string>(all: readonly KnownLanguage<Id>[]) {
  return all;
}
