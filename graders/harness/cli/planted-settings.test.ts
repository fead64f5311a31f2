import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../base/project.ts';
import { useCliFolder } from '../testing/cli.ts';
import { CLASSROOM50 } from '../testing/format-cases.ts';

const folder = useCliFolder('file');
const here = (name: string) => join(folder.path, 'here', name);
const stolen = () => readdirSync(join(folder.path, 'stolen'));

/** What tells that it was run: as a command of a shell, a module of Node and one of Python. */
const inShell = (name: string) => `/usr/bin/env > '${folder.path}/stolen/${name}'`;
const inNode = (name: string) => `require('node:fs').writeFileSync('${folder.path}/stolen/${name}', '');\n`;
const inPython = (name: string) => `open('${folder.path}/stolen/${name}', 'w')\n`;

/** Settings of git that name a program, by their section. */
const GIT_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  core: ['fsmonitor', 'sshCommand', 'pager', 'editor', 'askPass', 'alternateRefsCommand', 'gitProxy'],
  credential: ['helper'],
  diff: ['external'],
  'diff "all"': ['textconv', 'command'],
  'filter "all"': ['smudge', 'clean', 'process'],
  gpg: ['program'],
  'gpg "ssh"': ['program', 'defaultKeyCommand'],
  alias: ['log', 'status', 'fetch', 'config'],
  pager: ['log', 'status', 'config'],
  uploadpack: ['packObjectsHook'],
};

function gitConfig(): string {
  const sections = Object.entries(GIT_SETTINGS).map(([section, names]) => {
    // These two are commands of git itself, unless they begin so.
    const mark = ['credential', 'alias'].includes(section) ? '!' : '';
    const name = `git-${section.replace(/\W/g, '')}`;
    return `[${section}]\n${names.map((key) => `  ${key} = "${mark}${inShell(`${name}-${key}`)}; #"\n`).join('')}`;
  });
  return `${sections.join('')}[log]\n  showSignature = true\n`;
}

/** The files of a folder that steer programs, each with what it would have them run. */
function settings(): Record<string, string> {
  const scripts = ['preinstall', 'install', 'postinstall', 'prepare', 'test', 'start'];
  const python = ['sitecustomize', 'usercustomize', 'os', 'sysconfig', 'subprocess', 'tempfile', 'pathlib'];
  const custom = '[{ id: a, title: b, points: 1, hints: [c], kind: custom, function: f }]';
  return {
    '.npmrc': `script-shell=${here('shell')}\ngit=${here('shell')}\nnode-options=--require ${here('evil.cjs')}\n`,
    '.env': `NODE_OPTIONS=--require ${here('evil.cjs')}\nPATH=${here('.')}\n`,
    '.node-version': '../../here\n',
    '.python-version': '../../here\n',
    '.testcontainers.properties': `docker.host=unix://${here('docker.sock')}\n`,
    'pyvenv.cfg': 'home = .\n',
    'evil.cjs': inNode('evil'),
    'vitest.config.js': inNode('vitest'),
    'package.json': JSON.stringify({
      scripts: Object.fromEntries(scripts.map((name) => [name, inShell(`script-${name}`)])),
    }),
    // Whatever package is imported, it is that file.
    'tsconfig.json': JSON.stringify({
      compilerOptions: { baseUrl: '.', paths: { '*': ['./evil.cjs'] }, plugins: [{ name: './evil.cjs' }] },
    }),
    ...Object.fromEntries(python.map((name) => [`${name}.py`, inPython(name)])),
    'keyspace.config.yaml': 'graders: own\n',
    'own/sessions/cantina.yaml': `title: a\npoints: 1\nchecks: ${custom}\n`,
    'own/sessions/cantina.checks.ts': inNode('own-checks'),
  };
}

beforeAll(async () => {
  await folder.write('stolen/.keep', '');
  await folder.write('here/solution.valkey', 'PING\n');
  await folder.write('here/.gitattributes', '* filter=all diff=all\n');
  const own = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  const git = (...args: string[]) => execFileSync('git', ['-C', here('.'), ...own, ...args]);
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'a');
  const hooks = ['post-checkout', 'post-index-change', 'reference-transaction', 'pre-auto-gc'];
  for (const hook of hooks)
    await folder.write(`here/.git/hooks/${hook}`, `#!/bin/sh\n${inShell(hook)}\n`, 0o755);
  await folder.write('here/.git/config', `${gitConfig()}[core]\n  bare = false\n`);
  await folder.write('here/shell', `#!/bin/sh\n${inShell('shell')}\n`, 0o755);
  for (const [name, text] of Object.entries(settings())) await folder.write(`here/${name}`, text);
});

/** Makes a collection whose check imports a package, as modules of that kind do. */
async function collection(type: 'commonjs' | 'module'): Promise<string> {
  const check = '{ id: c, title: t, points: 1, hints: [a], kind: custom, function: f }';
  await folder.write(`${type}/package.json`, JSON.stringify({ type }));
  await folder.write(`${type}/graders/a/b.yaml`, `title: a\npoints: 1\nchecks: [${check}]\n`);
  await folder.write(
    `${type}/graders/a/b.checks.ts`,
    "import { show } from 'keyspace-grader/checks';\n" +
      "export const checks = { f: () => ({ passed: false, expected: 'x', actual: show('ours') }) };\n",
  );
  await mkdir(join(folder.path, type, 'node_modules'));
  await symlink(PROJECT_ROOT, join(folder.path, type, 'node_modules', 'keyspace-grader'));
  return join('..', type);
}

const LOCAL = ['--engine', 'local', '--sandbox', 'process'];
const run = (...args: string[]) => folder.run(args, { cwd: 'here', env: CLASSROOM50 });

describe('settings that lie in the current folder', () => {
  it.each([
    ['grades', ['grade', 'sessions/cantina', '.', ...LOCAL, '--report', 'classroom50'], 1],
    ['grades a mission', ['grade', 'sessions', '.', ...LOCAL, '--report', 'html'], 1],
    ['grades a class', ['batch', 'sessions/cantina', '--submissions', '.', '--out', '../out', ...LOCAL], 0],
    ['clones', ['batch', 'sessions/cantina', '--clone', '../list.txt', '--out', '../cloned', ...LOCAL], 0],
    ['examines the machine', ['doctor'], 3],
  ])('run nothing in a grader that %s', async (_, args, most) => {
    await folder.write('list.txt', `file://${here('.')} alice\n`);
    const { code, stderr } = await run(...args);
    expect(code, stderr).toBeLessThanOrEqual(most);
    expect(stolen()).toEqual(['.keep']);
  });

  it.each(['commonjs', 'module'] as const)('decide nothing for a check that is %s', async (type) => {
    const { stdout } = await run('grade', 'a/b', '.', '--challenges', await collection(type), ...LOCAL);
    expect(stdout).toContain('found     "ours"');
    expect(stolen()).toEqual(['.keep']);
  });
});
