// What each package manager makes of the package: it is installed, and grades a script that needs all its parts.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../graders/harness/base/errors.ts';
import { inParallel } from '../../graders/harness/base/in-parallel.ts';
import { assertGraded, type Consumer, consumerIn, emptyConsumer, gradesTypeScript } from './consumer.ts';
import { getManagers, type Manager, type ManagerCommand, NPMS, OTHERS, PLUG_AND_PLAY } from './managers.ts';

/** How many installations go on at once. */
const JOBS = 2;

/** The command, from the folder in which it is installed. */
const COMMAND = join('node_modules', '.bin', 'keyspace-grader');

type Attempt = (consumer: Consumer, manager: ManagerCommand, tarball: string) => Promise<void>;

const ATTEMPTS: readonly (readonly [manager: Manager, ...attempts: Attempt[]])[] = [
  ...NPMS.map((manager) => [manager, grades, installsForLearners] as const),
  ...OTHERS.map((manager) => [manager, grades] as const),
  [PLUG_AND_PLAY, isRefused],
];

/** What fails with which package manager. `folder` is made, and holds the managers and what they install. */
export async function managerFindings(tarball: string, folder: string): Promise<string[]> {
  await mkdir(folder);
  const commandOf = await getManagers(
    ATTEMPTS.map(([manager]) => manager),
    join(folder, 'programs'),
  );
  const found = await inParallel([...ATTEMPTS.entries()], JOBS, async ([index, [manager, ...attempts]]) => {
    try {
      const command = commandOf(manager);
      const consumer = await withTarball(manager, command, tarball, join(folder, String(index)));
      for (const attempt of attempts) await attempt(consumer, command, tarball);
      return [];
    } catch (error) {
      return [`${manager.title}: ${messageOf(error)}`];
    }
  });
  return found.flat();
}

async function withTarball(
  manager: Manager,
  command: ManagerCommand,
  tarball: string,
  folder: string,
): Promise<Consumer> {
  const consumer = await emptyConsumer(folder);
  for (const [name, text] of Object.entries(manager.files ?? {})) await writeFile(join(folder, name), text);
  const added = await consumer.run(...command, ...manager.add(tarball));
  assert.equal(added.exitCode, 0, added.stdout + added.stderr);
  return consumer;
}

async function grades(consumer: Consumer): Promise<void> {
  assertGraded(await gradesTypeScript(consumer, COMMAND));
}

/** Installs what `init` writes for learners, with the .tgz in place of the version that it names. */
async function installsForLearners(
  { folder, run }: Consumer,
  command: ManagerCommand,
  tarball: string,
): Promise<void> {
  const init = await run(COMMAND, 'init', 'class', '--missions', 'sessions');
  assert.equal(init.exitCode, 0, init.stdout + init.stderr);
  const repository = consumerIn(join(folder, 'class'));
  const file = join(repository.folder, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { devDependencies: Record<string, string> };
  manifest.devDependencies['keyspace-grader'] = `file:${tarball}`;
  await writeFile(file, JSON.stringify(manifest));
  const installed = await repository.run(
    ...command,
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
  );
  assert.equal(installed.exitCode, 0, installed.stdout + installed.stderr);
  assert.doesNotMatch(
    installed.stdout + installed.stderr,
    /allowScripts/,
    'it asks learners to approve install scripts',
  );
  const tests = await repository.run(...command, 'test');
  assert.equal(tests.exitCode, 0, tests.stdout + tests.stderr);
}

/** Yarn's Plug'n'Play: no script can be graded, and that costs nobody points. */
async function isRefused(consumer: Consumer, command: ManagerCommand): Promise<void> {
  const { exitCode, stdout, stderr } = await gradesTypeScript(consumer, ...command, 'keyspace-grader');
  assert.equal(exitCode, 2, stdout + stderr);
  assert.match(stdout + stderr, /Write `nodeLinker: node-modules` into \.yarnrc\.yml/);
}
