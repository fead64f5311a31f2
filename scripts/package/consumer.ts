// Somebody who installs the package: in an empty folder, with nothing of this repository in reach.
import assert from 'node:assert/strict';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Output, x } from 'tinyexec';
import { packageVersion } from '../../graders/harness/base/project.ts';
import { SHIPPED } from '../../graders/harness/challenges/collection/collection.ts';
import { listChallenges } from '../../graders/harness/challenges/grader/list.ts';

/** A folder in which the package is installed. */
export interface Consumer {
  readonly folder: string;
  /** Runs a command in it. */
  run(program: string, ...args: string[]): Promise<Output>;
}

/** Makes the folder, with nothing in it but a package.json. */
export async function emptyConsumer(folder: string): Promise<Consumer> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  return consumerIn(folder);
}

/** A folder that is there already. */
export function consumerIn(folder: string): Consumer {
  const run = async (program: string, ...args: string[]) =>
    x(program, args, { nodeOptions: { cwd: folder, env: { ...withoutNpm(), NO_COLOR: '1' } } });
  return { folder, run };
}

/** Makes the folder and installs packages there. Those that the cache knows are not asked for again. */
export async function install(folder: string, ...packages: string[]): Promise<Consumer> {
  const consumer = await emptyConsumer(folder);
  await npmInstall(consumer, ...packages);
  return consumer;
}

/** `npx keyspace-grader`: its version, its list and a right submission. */
export async function usesTheCommand({ folder, run }: Consumer): Promise<void> {
  const command = (...args: string[]) => run('npx', '--no', '--', 'keyspace-grader', ...args);
  assert.equal((await command('--version')).stdout.trim(), packageVersion());
  const listed = JSON.parse((await command('list', '--json')).stdout) as unknown[];
  assert.equal(listed.length, (await listChallenges(SHIPPED)).length, 'list shows every challenge');

  await cp(join(SHIPPED.fixtures, 'sessions/cantina/pass/workshop.valkey'), join(folder, 'right.valkey'));
  const right = await command('grade', 'sessions/cantina', 'right.valkey', '--engine', 'local');
  assert.equal(right.exitCode, 0, right.stdout + right.stderr);
}

/** Grades a script in TypeScript that loads the client library. `keyspaceGrader` is the command. */
export async function gradesTypeScript(
  { folder, run }: Consumer,
  ...[program, ...args]: readonly [string, ...string[]]
): Promise<Output> {
  await writeFile(join(folder, 'own.ts'), OWN_SCRIPT);
  return run(program, ...args, 'grade', 'sessions/cantina', 'own.ts', '--engine', 'local');
}

/** That such a script ran, and did what it says. */
export function assertGraded({ exitCode, stdout, stderr }: Output): void {
  assert.equal(exitCode, 1, stdout + stderr);
  assert.match(stdout, /✓ The session is a hash /);
}

/** The modules, by Node itself and by vitest, with its plugin. */
export async function importsTheModules(consumer: Consumer): Promise<void> {
  const { run } = consumer;
  const checks = await run('node', '--input-type=module', '--eval', IMPORTS_CHECKS);
  assert.equal(checks.exitCode, 0, checks.stderr);
  const without = await run('node', '--input-type=module', '--eval', "import 'keyspace-grader/vitest'");
  assert.match(without.stderr, /needs vitest .* but vitest is not installed/);

  await npmInstall(consumer, await own('vitest'));
  const tests = await runsVitest(consumer);
  assert.equal(tests.exitCode, 0, tests.stdout + tests.stderr);
  assert.match(tests.stdout, /20 of 20 points, 1 of 1 challenge passed/);
}

/** Vitest versions that lack what is needed: the plugin says so in a sentence, and without it the matchers do. */
export async function refusesOldVitest(tarball: string, folder: string): Promise<void> {
  await mkdir(folder);
  for (const version of ['4.0', '3.2']) {
    const consumer = await install(join(folder, version), tarball, `vitest@${version}`);
    for (const config of [VITEST_CONFIG, 'export default {};\n']) {
      const { exitCode, stdout, stderr } = await runsVitest(consumer, config);
      assert.equal(exitCode, 1, stdout + stderr);
      assert.match(stdout + stderr, VITEST_NEEDED);
      assert.doesNotMatch(stdout + stderr, /TypeError/);
    }
  }
}

async function runsVitest({ folder, run }: Consumer, config = VITEST_CONFIG): Promise<Output> {
  await cp(join(SHIPPED.fixtures, 'sessions/cantina/pass/workshop.valkey'), join(folder, 'right.valkey'));
  await writeFile(join(folder, 'vitest.config.ts'), config);
  await writeFile(join(folder, 'keyspace.test.ts'), VITEST_TEST);
  return run('npx', '--no', '--', 'vitest', 'run');
}

/** The types, in both ways that TypeScript finds packages which have `exports`. */
export async function usesTheTypes(consumer: Consumer): Promise<void> {
  const { folder, run } = consumer;
  await npmInstall(consumer, await own('typescript'), await own('@types/node'));
  await writeFile(join(folder, 'types.ts'), TYPES);
  for (const [module, resolution] of [
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ] as const) {
    const options = ['--noEmit', '--strict', '--target', 'es2023', '--types', 'node', '--skipLibCheck'];
    const how = ['--module', module, '--moduleResolution', resolution];
    const { exitCode, stdout } = await run('npx', '--no', '--', 'tsc', ...options, ...how, 'types.ts');
    assert.equal(exitCode, 0, `${resolution}: ${stdout}`);
  }
}

async function npmInstall({ run }: Consumer, ...packages: string[]): Promise<void> {
  const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { exitCode, stderr } = await run('npm', 'install', ...options, ...packages);
  assert.equal(exitCode, 0, stderr);
}

/** A package in the version that this repository uses, so that the cache has it. */
async function own(name: string): Promise<string> {
  const manifest = await readFile(join(SHIPPED.root, 'node_modules', name, 'package.json'), 'utf8');
  return `${name}@${(JSON.parse(manifest) as { version: string }).version}`;
}

/** Takes away what `npm run` has put into our environment, which says that this repository is npm's folder. */
function withoutNpm(): NodeJS.ProcessEnv {
  const ofThisRun = /^(?:npm_package_|npm_lifecycle_|npm_config_local_prefix$|INIT_CWD$|NODE_ENV$)/;
  const names = Object.keys(process.env).filter((name) => ofThisRun.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

const OWN_SCRIPT = `
import { Redis } from 'iovalkey';
const client: Redis = new Redis(process.env.VALKEY_URL as string);
await client.hset('session:han_solo', { username: 'hsolo', credits: 10000 });
await client.expire('session:han_solo', 3600);
await client.quit();
`;

const VITEST_NEEDED =
  /keyspace-grader\/vitest needs vitest 4\.1 or later .* but this is vitest (?:4\.0|3\.2)/;

const IMPORTS_CHECKS = `
import assert from 'node:assert/strict';
import { PASS, printable, show, showArgument } from 'keyspace-grader/checks';
import { keyspaceGrader } from 'keyspace-grader/vitest/plugin';
assert.equal(typeof PASS, 'object');
for (const name of [printable, show, showArgument]) assert.equal(typeof name, 'function');
assert.equal(keyspaceGrader().name, 'keyspace-grader');
// Loaded for a queue only.
assert.equal(typeof (await import('bullmq')).Queue, 'function');
`;

const VITEST_CONFIG = `
import { keyspaceGrader } from 'keyspace-grader/vitest/plugin';
import { defineConfig } from 'vitest/config';
export default defineConfig({ plugins: [keyspaceGrader()] });
`;

const VITEST_TEST = `
import { gradeChallenges } from 'keyspace-grader/vitest';
import { expect, test } from 'vitest';
test('the matchers are there', () => expect(typeof expect('').toHaveHash).toBe('function'));
await gradeChallenges('sessions/cantina', { engine: 'local', path: 'right.valkey' });
`;

const TYPES = `
import type { CustomChecks, RunView } from 'keyspace-grader/checks';
import { PASS, show } from 'keyspace-grader/checks';
import { type GradeChallengesOptions, gradeChallenges } from 'keyspace-grader/vitest';
import { keyspaceGrader } from 'keyspace-grader/vitest/plugin';
import { expect } from 'vitest';

const options: GradeChallengesOptions = { engine: 'local', timeout: 5 };
const graded: Promise<void> = gradeChallenges('sessions', options);
const plugin: string = keyspaceGrader().name;
const shown: string = show('a value');
declare const checks: CustomChecks;
declare const run: RunView;
expect('').toHaveHash('key', { field: 'value' });
// @ts-expect-error There is no such engine: the options have types of their own, and are not any.
const wrong: GradeChallengesOptions = { engine: 'remote' };
// @ts-expect-error Nor is what a check sees.
run.nothing;
// @ts-expect-error Nor a plugin.
plugin.nothing;
export { PASS, checks, graded, plugin, run, shown, wrong };
`;
