import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHIPPED } from '../../graders/harness/challenges/collection/collection.ts';
import { contentFindings, LIMITS } from './contents.ts';

/** What is found in a package that has these files only, beside what it lacks. */
async function findings(files: Record<string, string | Buffer>, size = 1000): Promise<string[]> {
  const contents = Object.entries(files).map(([name, content]) => [name, Buffer.from(content)] as const);
  const found = await contentFindings({ file: 'package.tgz', size, files: new Map(contents) });
  return found.filter((one) => !one.endsWith(' is missing'));
}

describe('contentFindings', () => {
  it('tells what is missing: documents, entries of `exports`, challenges and their graders', async () => {
    const manifest = JSON.stringify({ exports: { './odd': { types: './odd.d.ts', default: './odd.js' } } });
    const files = new Map([['package.json', Buffer.from(manifest)]]);
    const found = await contentFindings({ file: 'package.tgz', size: 1000, files });
    for (const name of [
      'LICENSE',
      'dist/cli.js',
      'odd.d.ts',
      'odd.js',
      'graders/sessions/cantina.yaml',
      'challenges/sessions/cantina/README.md',
    ])
      expect(found).toContain(`${name} is missing`);
  });

  it('has nothing to say of what belongs there', async () => {
    const names = [
      'graders/sessions/cantina.yaml',
      'graders/sessions/cantina.checks.ts',
      'challenges/sessions/cantina/README.md',
      'dist/types/custom-checks.d.ts',
      'docs/vitest.md',
    ];
    expect(await findings(Object.fromEntries(names.map((name) => [name, 'text'])))).toEqual([]);
  });

  it.each([
    ['fixtures/sessions/cantina/expected.json', 'fixtures are answers'],
    ['graders/harness/testing/server.ts', 'tests stay in the repository'],
    ['dist/cli.test.js', 'tests stay in the repository'],
    ['graders/harness/grading/grade.ts', 'sources stay in the repository'],
    ['dist/cli.js.map', 'source maps name the machine that built them'],
    ['challenges/sessions/cantina/hints.json', 'it is of a machine, not of us'],
    ['docs/npm-debug.log', 'it is of a machine, not of us'],
  ])('%s must not get in', async (name, reason) => {
    expect(await findings({ [name]: 'text' })).toContain(`${name}: ${reason}`);
  });

  it.each(['prepare', 'postinstall'])('must not run %s where it is installed', async (script) => {
    expect(
      await findings({ 'package.json': JSON.stringify({ scripts: { [script]: 'true', test: '' } }) }),
    ).toEqual([`package.json has a script "${script}", which runs where the package is installed`]);
  });

  it('knows answers under any name', async () => {
    const answer = 'sessions/cantina/pass/workshop.valkey';
    const content = await readFile(join(SHIPPED.fixtures, answer));
    expect(await findings({ 'docs/example.txt': content })).toEqual([
      `docs/example.txt is ${join('fixtures', answer)}`,
    ]);
  });

  it('finds paths of this machine, and source maps within a file', async () => {
    const found = await findings({ 'dist/cli.js': `// ${SHIPPED.root}/x.ts\n//# sourceMappingURL=data:x` });
    expect(found).toEqual([
      `dist/cli.js names ${SHIPPED.root}, a path of this machine`,
      'dist/cli.js names a source map',
    ]);
  });

  it('has a limit for the package and for what it unpacks to', async () => {
    expect(await findings({}, LIMITS.packed + 1)).toHaveLength(1);
    expect(await findings({ 'docs/recording': Buffer.alloc(LIMITS.unpacked + 1) })).toHaveLength(1);
    expect(await findings({ 'docs/recording': Buffer.alloc(LIMITS.unpacked) }, LIMITS.packed)).toEqual([]);
  });
});
