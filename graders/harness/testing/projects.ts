import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** What a test file is told apart by: where it lies, and what it imports itself. */
interface TestFile {
  /** As seen from the root of the repository, with `/`. */
  readonly path: string;
  /** Modules as seen from the root of the repository; packages and Node's own modules by their names. */
  readonly imports: readonly string[];
}

interface ProjectRule {
  readonly name: string;
  /** The path of a file that belongs here. */
  readonly path?: RegExp;
  /** An import of a file that belongs here. */
  readonly imports?: RegExp;
  /** Part of `npm test`, which a contributor runs every day; `npm run test:all` runs all projects. */
  readonly daily?: boolean;
  /** Part of `npm run test:rest`, too, beside all that is not daily: it does more where Docker is there. */
  readonly rest?: boolean;
  /**
   * Its files share a few workers, one a processor, in place of one each: half of the time of a small test file is spent on loading what
   * the one before it loaded. Threads are for tests that start no process and leave nothing behind.
   */
  readonly shared?: 'threads' | 'processes';
}

/**
 * The projects of the tests, by what they need and cost. A test file belongs to the first one that its path or
 * one of its imports fits, so a test gets into the right one without being listed anywhere, and stays in it when
 * it is moved. `npx vitest list --filesOnly --project cli` lists the files of one.
 */
const RULES: readonly ProjectRule[] = [
  // Submissions that attack the grader, in every sandbox.
  { name: 'hostile', path: /^fixtures\/hostile/ },
  // The fixtures again that containers may grade otherwise: scripts of each language, and a command file of each challenge.
  { name: 'docker', path: /^fixtures\/.*docker/ },
  // Every fixture, on the local engine; two of each challenge are graded every day.
  { name: 'fixtures', path: /^fixtures\// },
  // What goes wrong with the machine: full disks, killed servers, signals at any moment.
  { name: 'faults', path: /\/faults\// },
  // The commands of all documents, as readers type them.
  { name: 'documents', imports: /\/documents\/setting\.ts$/ },
  // Every regular expression, attacked.
  { name: 'patterns', path: /^scripts\/patterns\// },
  // Pages in a real browser.
  { name: 'browser', imports: /\/testing\/chromium\.ts$/ },
  // A class in a queue: dozens of commands, and waiting for workers that died.
  { name: 'queue', imports: /\/testing\/queue-server\.ts$/ },
  // The package as it is installed, with what others bring: npm, vitest, git.
  { name: 'installed', imports: /\/testing\/installed-package\.ts$/, shared: 'processes' },
  // Whole classes by the command-line tool: dozens of gradings a test.
  { name: 'class', path: /\/cli\/(?:batch|batch-sources|merge|regrade)\.test\.ts$/, shared: 'processes' },
  // What asks whether Docker is there.
  { name: 'engines', imports: /\/testing\/docker\.ts$/, daily: true, rest: true, shared: 'processes' },
  // The command-line tool, the action and the package, as users start them: a process each.
  {
    name: 'cli',
    imports: /\/testing\/(?:cli|terminal|action|learner-project)\.ts$/,
    daily: true,
    shared: 'processes',
  },
  // Real servers, scripts and other programs.
  {
    name: 'server',
    path: /\/(?:scratch-folder|lock)\.test\.ts$/,
    imports:
      /\/testing\/(?:server|database|testbeds|made-challenge|prove-fixtures|small-disk|repository)\.ts$|\/engine\/|\/(?:cleanup|stray-processes|run-process|run-program)\.ts$|^(?:node:child_process|tinyexec)$/,
    daily: true,
    shared: 'processes',
  },
  // All else: no server, no process.
  { name: 'unit', path: /./, daily: true, shared: 'threads' },
];

export interface TestProject extends ProjectRule {
  /** Its test files, as seen from the root of the repository. */
  readonly files: readonly string[];
}

/** Divides the test files of the repository in the folder `root` among the projects. */
export function testProjects(root: string): TestProject[] {
  const files = testFiles(root).map((path) => ({ path, imports: importsOf(root, path) }));
  return RULES.map((rule) => ({
    ...rule,
    files: files.filter((file) => RULES.find((one) => fits(file, one)) === rule).map(({ path }) => path),
  }));
}

/** Every test file of the code. */
export function testFiles(root: string): string[] {
  return ['graders', 'fixtures', 'scripts'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
      .sort(),
  );
}

function fits({ path, imports }: TestFile, rule: ProjectRule): boolean {
  return rule.path?.test(path) === true || imports.some((name) => rule.imports?.test(name));
}

/** The static imports of a test file, types aside; Biome writes each `from` on the last line of its import. */
function importsOf(root: string, path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  const found = text.matchAll(/^(?:import (?!type\b).*|\}) from '(.+)';$/gm);
  return [...found].map(([, name = '']) =>
    name.startsWith('.') ? posix.join(posix.dirname(path), name) : name,
  );
}
