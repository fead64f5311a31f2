import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removeFolder } from '../../base/scratch-folder.ts';
import { useServer } from '../../testing/server.ts';
import { scriptEnvironment } from './environment.ts';
import { makeWorkspace, type Workspace } from './workspace.ts';

const server = useServer();
let source: string;
const made: Workspace[] = [];

/** Writes files beside the script, and makes the workspace. */
async function workspaceOf(files: Record<string, string>, script = 'solution.sh', cli?: string) {
  for (const [path, text] of Object.entries({ 'solution.sh': '', ...files })) {
    await mkdir(dirname(join(source, path)), { recursive: true });
    await writeFile(join(source, path), text);
  }
  const workspace = await makeWorkspace({ path: join(source, script) }, cli);
  made.push(workspace);
  return workspace;
}

/** What a program prints that runs in the workspace as the script would. */
function runIn({ folder, submission }: Workspace, program: string, ...args: string[]): string {
  const env = scriptEnvironment({ address: server.address, folder });
  return execFileSync(program, args, { cwd: submission, env, encoding: 'utf8' });
}

/** The type of module that a package.json names. */
function typeIn(manifest: string): unknown {
  return (JSON.parse(manifest) as { type?: unknown }).type;
}

beforeEach(async () => {
  source = await realpath(await mkdtemp(join(tmpdir(), 'workspace-test-')));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(made.splice(0).map((workspace) => workspace.remove()));
  await removeFolder(source);
});

/** A Python environment that has no room in the copy: sparse files count by the size that they have. */
async function makeLargeEnvironment(): Promise<void> {
  await mkdir(join(source, '.venv/bin'), { recursive: true });
  await writeFile(join(source, '.venv/pyvenv.cfg'), '');
  await writeFile(join(source, '.venv/bin/python'), '#!/bin/sh\necho its own\n', { mode: 0o755 });
  await writeFile(join(source, '.venv/large'), '');
  await truncate(join(source, '.venv/large'), 65 * 1024 ** 2);
}

describe('makeWorkspace', () => {
  it('copies the folder of the script, and removes it again', async () => {
    const workspace = await workspaceOf({ 'solution.sh': 'echo hi', 'lib/data.txt': 'a', '.env': 'b' });
    expect(await readFile(workspace.script, 'utf8')).toBe('echo hi');
    expect(await readFile(join(workspace.submission, 'lib/data.txt'), 'utf8')).toBe('a');
    expect((await readdir(workspace.submission)).sort()).toEqual(['.env', 'lib', 'solution.sh']);
    await writeFile(join(workspace.submission, 'new'), '');
    await workspace.remove();
    expect(existsSync(workspace.folder)).toBe(false);
    expect((await readdir(source)).sort()).toEqual(['.env', 'lib', 'solution.sh']);
  });

  it('leaves out what is large or no file, and keeps links and rights', async () => {
    await symlink('solution.sh', join(source, 'link'));
    await symlink('/no/such/file', join(source, 'broken'));
    execFileSync('mkfifo', [join(source, 'pipe')]);
    await writeFile(join(source, 'tool'), '#!/bin/sh\n');
    await chmod(join(source, 'tool'), 0o755);
    const { submission } = await workspaceOf({
      '.git/config': '',
      'a/node_modules/b/c.js': '',
      'a/kept': '',
    });
    expect((await readdir(submission, { recursive: true })).sort()).toEqual([
      'a',
      'a/kept',
      'broken',
      'link',
      'solution.sh',
      'tool',
    ]);
    expect(await readlink(join(submission, 'link'))).toBe('solution.sh');
    expect(runIn({ submission, folder: source } as Workspace, join(submission, 'tool'))).toBe('');
  });

  it('links a Python environment that is too large to be copied', async () => {
    await makeLargeEnvironment();
    const workspace = await workspaceOf({});
    expect(workspace.leftBehind?.first).toEqual([{ path: '.venv', why: 'too large' }]);
    expect(workspace.linked).toEqual([join(workspace.submission, '.venv')]);
    expect(runIn(workspace, join(workspace.submission, '.venv/bin/python'))).toBe('its own\n');
  });

  it('copies a folder that nobody may write to, so that the script can write to the copy', async () => {
    await mkdir(join(source, 'data'));
    await writeFile(join(source, 'solution.sh'), '');
    await chmod(join(source, 'data'), 0o555);
    await chmod(source, 0o555);
    const workspace = await makeWorkspace({ path: join(source, 'solution.sh') }, undefined);
    made.push(workspace);
    const { submission } = workspace;
    for (const folder of [submission, join(submission, 'data')])
      expect((await stat(folder)).mode & 0o200).not.toBe(0);
    await chmod(source, 0o755);
  });

  it('copies the folder for temporary files too, without what graders have there', async () => {
    vi.stubEnv('TMPDIR', source);
    const first = await workspaceOf({ 'data.txt': '' });
    const second = await makeWorkspace({ path: join(source, 'solution.sh') }, undefined);
    expect((await readdir(second.submission)).sort()).toEqual(['data.txt', 'solution.sh']);
    expect(dirname(first.folder)).toBe(source);
    await second.remove();
  });

  it.skipIf(process.platform === 'darwin')('leaves a name that is not UTF-8 behind', async () => {
    await writeFile(Buffer.from(`${source}/\u001b[2J\u00ff`, 'latin1'), '');
    const { submission, leftBehind } = await workspaceOf({ 'data.txt': '' });
    expect(leftBehind?.first).toEqual([{ path: '\u001b[2J\ufffd', why: 'name' }]);
    expect((await readdir(submission)).sort()).toEqual(['data.txt', 'solution.sh']);
  });
});

describe('a workspace', () => {
  it.each(['valkey-cli', 'redis-cli'])(
    'has a %s that reaches this server, though the machine has none',
    async (name) => {
      const workspace = await workspaceOf({});
      expect(runIn(workspace, name, 'SET', 'who', name)).toBe('OK\n');
      expect(runIn(workspace, name, 'GET', 'who')).toBe(`${name}\n`);
    },
  );

  it('runs a client at a path with spaces and quotes', async () => {
    const cli = join(source, "it's a client");
    await writeFile(cli, '#!/bin/sh\necho "$@"\n');
    await chmod(cli, 0o755);
    const { host, port } = server.address;
    expect(runIn(await workspaceOf({}, 'solution.sh', cli), 'valkey-cli', 'PING')).toBe(
      `-h ${host} -p ${port} PING\n`,
    );
  });

  it('lets a script import iovalkey, and what is installed beside or above it', async () => {
    const workspace = await workspaceOf(
      {
        'a/solution.mjs': "import 'iovalkey'; import { name } from 'mine'; console.log(name);",
        'node_modules/mine/package.json': '{ "name": "mine", "main": "index.cjs" }',
        'node_modules/mine/index.cjs': "exports.name = 'mine';",
      },
      'a/solution.mjs',
    );
    expect(runIn(workspace, 'node', workspace.script)).toBe('mine\n');
  });

  it.each([
    ['import', "import fs from 'node:fs';\n", 'module'],
    ['export', 'const a = 1;\nexport { a };\n', 'module'],
    ['require', "const fs = require('node:fs');\n", undefined],
  ])('makes a module of TypeScript with %s, and of no other', async (_, text, expected) => {
    const { folder } = await workspaceOf({ 'solution.ts': text }, 'solution.ts');
    expect(typeIn(await readFile(join(folder, 'package.json'), 'utf8'))).toBe(expected);
  });

  it('ends the search for a package.json, whatever others left above it', async () => {
    vi.stubEnv('TMPDIR', source);
    const files = { 'package.json': '{ "type": "module" }', 'a/solution.js': "require('node:fs');" };
    const workspace = await workspaceOf(files, 'a/solution.js');
    expect(dirname(workspace.folder)).toBe(source);
    expect(runIn(workspace, 'node', workspace.script)).toBe('');
  });

  it.each([
    ['to nowhere', () => join(source, 'planted')],
    ['to itself', () => 'package.json'],
  ])('writes nothing through a package.json that is a link %s', async (_, target) => {
    await symlink(target(), join(source, 'package.json'));
    const { submission, folder } = await workspaceOf({ 'solution.ts': 'export {};' }, 'solution.ts');
    expect((await readdir(source)).sort()).toEqual(['package.json', 'solution.sh', 'solution.ts']);
    expect(await readlink(join(submission, 'package.json'))).toBe(target());
    expect(typeIn(await readFile(join(folder, 'package.json'), 'utf8'))).toBe('module');
  });

  it('leaves a package.json that is there alone', async () => {
    const files = { 'solution.ts': 'export {};', 'package.json': '{}' };
    const { submission } = await workspaceOf(files, 'solution.ts');
    expect(await readFile(join(submission, 'package.json'), 'utf8')).toBe('{}');
  });
});
