import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import markdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../graders/harness/base/project.ts';
import { CONNECTING } from '../../graders/harness/challenges/missions/connecting.ts';
import { useCliFolder } from '../../graders/harness/testing/cli.ts';

const folder = useCliFolder();

interface Block {
  language: string;
  text: string;
}

/** The code blocks that a document has under the heading. */
function blocksOf(document: string): Block[] {
  const tokens = markdownIt().parse(readFileSync(join(PROJECT_ROOT, document), 'utf8'), {});
  const begin = tokens.findIndex(({ type, content }) => type === 'inline' && content === CONNECTING);
  const end = tokens.findIndex(
    ({ type, tag }, index) => index > begin && type === 'heading_open' && tag === 'h2',
  );
  return tokens
    .slice(begin, end === -1 ? undefined : end)
    .flatMap(({ type, info, content }) => (type === 'fence' ? [{ language: info, text: content }] : []));
}

const EXTENSIONS: Record<string, string> = { bash: '.sh', python: '.py', js: '.js', ts: '.ts' };
const blocks = blocksOf('docs/scripts.md');
const packageOf = ({ text }: Block) => /^import (valkey|redis)$/m.exec(text)?.[1];

/** A virtual environment with both packages for Python; what the machine has where it is left out. */
const clients = process.env.KEYSPACE_GRADER_PYTHON_CLIENTS;
const env = clients === undefined ? {} : { VIRTUAL_ENV: clients, PATH: `${clients}/bin:${process.env.PATH}` };

/** False for a Python package that this machine has not. */
function canRun(block: Block): boolean {
  const name = packageOf(block);
  if (name === undefined || clients !== undefined) return true;
  return spawnSync('python3', ['-c', `import ${name}`]).status === 0;
}

describe('the lines that connect', () => {
  it('are there for every language, and learners have the same', () => {
    expect(blocks.map((block) => `${block.language} ${packageOf(block) ?? ''}`.trim())).toEqual([
      ...['bash', 'python valkey', 'python redis', 'js', 'ts'],
    ]);
    expect(blocksOf('challenges/README.md')).toEqual(blocks);
  });

  for (const block of blocks) {
    const { language, text } = block;
    it.skipIf(!canRun(block))(`run on a real server: ${packageOf(block) ?? language}`, async () => {
      const script = `solution${EXTENSIONS[language]}`;
      await folder.write(script, text);
      const args = ['grade', 'sessions/cantina', script, '--engine', 'local', '--evidence', 'evidence.json'];
      await folder.run(args, { env });
      const evidence = JSON.parse(await readFile(join(folder.path, 'evidence.json'), 'utf8'));
      const [{ process, trace, after }] = evidence.runs;
      expect(process).toMatchObject({ ended: 'exited', exitCode: 0, stderr: { text: '' } });
      expect(trace.entries.map(({ args: [name = ''] }: { args: string[] }) => name.toUpperCase())).toContain(
        'SET',
      );
      expect(after.databases[0].keys).toMatchObject([{ key: 'greeting', value: 'hello' }]);
    });
  }

  it('compile as TypeScript, strictly', async () => {
    const { text } = blocks.find(({ language }) => language === 'ts') ?? { text: 'missing' };
    await folder.write('solution.ts', text);
    await symlink(join(PROJECT_ROOT, 'node_modules'), join(folder.path, 'node_modules'));
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'esnext'];
    const { stdout, status } = spawnSync(
      process.execPath,
      [
        join(PROJECT_ROOT, 'node_modules/typescript/bin/tsc'),
        ...options,
        ...['--moduleResolution', 'bundler', '--types', 'node', 'solution.ts'],
      ],
      { cwd: folder.path, encoding: 'utf8' },
    );
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  });
});
