import { describe, expect, it } from 'vitest';
import { hidePaths } from './hide-paths.ts';

const folder = '/tmp/keyspace-grader.host.1.2.3.abc';
const hide = (text: string) => hidePaths(text, `${folder}/submission`, [folder, '/opt/grader']);

describe('hidePaths', () => {
  it.each([
    [
      'a file of the submission',
      `File "${folder}/submission/solution.py", line 3`,
      'File "solution.py", line 3',
    ],
    ['its URL', `at file://${folder}/submission/lib/a.mjs:1:7`, 'at lib/a.mjs:1:7'],
    ['the folder of the submission', `cd: ${folder}/submission: No`, 'cd: .: No'],
    ['a tool of the run', `${folder}/bin/valkey-cli: line 2`, '<grader>/bin/valkey-cli: line 2'],
    ['a file of the grader', 'at /opt/grader/dist/valkey-cli.js:1', 'at <grader>/dist/valkey-cli.js:1'],
    ['several at once', `${folder}/submission/a ${folder}/submission/b ${folder}`, 'a b <grader>'],
  ])('shortens the path of %s', (_, text, expected) => {
    expect(hide(text)).toBe(expected);
  });

  it('needs no other folder', () => {
    expect(hidePaths(`${folder}/submission/a ${folder}/bin`, `${folder}/submission`)).toBe(`a ${folder}/bin`);
  });

  it('leaves all else as it is', () => {
    const text = 'No such file: /tmp/other/submission/x\n';
    expect(hide(text)).toBe(text);
  });
});
