// What belongs into the package, and what must never get into it.
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { x } from 'tinyexec';
import { SHIPPED } from '../../graders/harness/challenges/collection/collection.ts';
import { listChallenges } from '../../graders/harness/challenges/grader/list.ts';
import type { Tarball } from './tarball.ts';

/**
 * In bytes. `npx keyspace-grader` fetches the package in every job of a classroom and on every learner's first
 * start, so it stays about as large as it is: two thirds of it are Docker's client. What jumps over these limits is
 * something that fell in by mistake: bundles of earlier builds, fixtures, recordings.
 */
export const LIMITS = { packed: 2.25 * 1024 ** 2, unpacked: 13 * 1024 ** 2 };

const ALWAYS = [
  'package.json',
  'LICENSE',
  'README.md',
  'CHANGELOG.md',
  'bin/keyspace-grader.js',
  'dist/cli.js',
  'dist/valkey-cli.js',
  'dist/THIRD-PARTY-LICENSES.txt',
  'challenges/README.md',
  'challenges/missions.yaml',
  'graders/README.md',
  'graders/checks.md',
  'graders/grader.schema.json',
  'docs/vitest.md',
  'runtime/Dockerfile',
  '.github/classroom/classroom.yml',
];

const NEVER: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^fixtures\//, 'fixtures are answers'],
  [/\.test\.[^/]+$|(?:^|\/)(?:testing|goldens)\//, 'tests stay in the repository'],
  [/^(?:graders|scripts)\/(?!.*\.checks\.ts$).*\.[cm]?[jt]s$/, 'sources stay in the repository'],
  [/\.map$/, 'source maps name the machine that built them'],
  [
    /(?:^|\/)(?:node_modules|\.git|\.env[^/]*|hints\.json|[^/]+\.log)(?:\/|$)/,
    'it is of a machine, not of us',
  ],
];

/** What is wrong with the contents of a package, a line each. */
export async function contentFindings({ size, files }: Tarball): Promise<string[]> {
  const unpacked = unpackedSize(files);
  return [
    ...(size > LIMITS.packed ? [`it has ${size} bytes, more than ${LIMITS.packed}`] : []),
    ...(unpacked > LIMITS.unpacked
      ? [`unpacked it has ${unpacked} bytes, more than ${LIMITS.unpacked}`]
      : []),
    ...(await required(files)).filter((name) => !files.has(name)).map((name) => `${name} is missing`),
    ...[...files.keys()].flatMap((name) =>
      NEVER.filter(([pattern]) => pattern.test(name)).map(([, reason]) => `${name}: ${reason}`),
    ),
    ...installScripts(files),
    ...(await ownWork()).filter((name) => files.has(name)).map((name) => `${name} is not what git has`),
    ...(await answers(files)),
    ...[...files].flatMap(([name, content]) => machinePaths(name, content)),
  ];
}

/** The size of all files together, in bytes. */
export function unpackedSize(files: Tarball['files']): number {
  return [...files.values()].reduce((sum, { length }) => sum + length, 0);
}

/** Every file that must be there: what `exports` names, and each challenge with its grader. */
async function required(files: Tarball['files']): Promise<string[]> {
  const manifest = JSON.parse(files.get('package.json')?.toString() ?? '{}') as {
    exports?: Record<string, string | Record<string, string>>;
  };
  const entries = Object.values(manifest.exports ?? {}).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry),
  );
  const challenges = (await listChallenges(SHIPPED)).flatMap((id) => [
    `graders/${id}.yaml`,
    `challenges/${id}/README.md`,
  ]);
  return [...ALWAYS, ...entries.map((entry) => entry.replace('./', '')), ...challenges];
}

/** Scripts that run when the package is installed: npm asks people to approve them. The package needs none. */
function installScripts(files: Tarball['files']): string[] {
  const { scripts = {} } = JSON.parse(files.get('package.json')?.toString() ?? '{}') as {
    scripts?: Record<string, string>;
  };
  return Object.keys(scripts)
    .filter((name) => /^(?:(?:pre|post)?install|(?:pre|post)?prepare)$/.test(name))
    .map((name) => `package.json has a script "${name}", which runs where the package is installed`);
}

/** What somebody who works on challenges in this clone has put there: their solutions would be given away. */
async function ownWork(): Promise<string[]> {
  const { stdout } = await x('git', ['ls-files', '-z', '--others', '--modified', '--', 'challenges'], {
    throwOnError: true,
    nodeOptions: { cwd: SHIPPED.root },
  });
  return stdout.split('\0').filter((name) => name !== '');
}

/** Right submissions, wherever they lie and whatever they are called. */
async function answers(files: Tarball['files']): Promise<string[]> {
  const submissions = new Map<string, string>();
  for (const entry of await readdir(SHIPPED.fixtures, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/[\\/]pass[\\/]/.test(path)) continue;
    submissions.set(await readFile(path, 'base64'), path.slice(SHIPPED.root.length + 1));
  }
  return [...files].flatMap(([name, content]) => {
    const submission = submissions.get(content.toString('base64'));
    return submission === undefined ? [] : [`${name} is ${submission}`];
  });
}

function machinePaths(name: string, content: Buffer): string[] {
  const paths = [SHIPPED.root, join(homedir(), '/')].filter((path) => path !== '/');
  return [
    // The home may hold the project: what is named is told once.
    ...paths
      .filter((path) => content.includes(path))
      .slice(0, 1)
      .map((path) => `${name} names ${path}, a path of this machine`),
    ...(content.includes('sourceMappingURL=') && /^dist\/.*\.js$/.test(name)
      ? [`${name} names a source map`]
      : []),
  ];
}
