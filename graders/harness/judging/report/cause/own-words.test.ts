import { describe, expect, it } from 'vitest';
import { makeEvidence } from '../../../testing/evidence.ts';
import { crashes } from './crash.ts';

interface Told {
  language: string;
  name: string;
  stderr: string;
  source?: string;
}

function crashOf({ exitCode = 1, ...options }: Told & { exitCode?: number }) {
  const evidence = makeEvidence({ ...options, process: { exitCode } });
  const [run] = evidence.runs;
  return run ? crashes(evidence, run, false) : [];
}

const TRACEBACK = `Traceback (most recent call last):
  File "solution.py", line 3, in <module>
    int('x')
ValueError: no number
`;

describe('what a script writes by itself', () => {
  it.each<[string, Told, string, number | undefined]>([
    [
      'what Python says of an exception, and not what stands behind it',
      { language: 'python', name: 'solution.py', stderr: `${TRACEBACK}Total: 3\n` },
      'Your script crashed at line 3: ValueError: no number',
      3,
    ],
    [
      'a traceback that the script may have written by itself, and gone on',
      {
        language: 'python',
        name: 'solution.py',
        source: 'try:\n    run()\nexcept ValueError:\n    traceback.print_exc()\nsys.exit(1)\n',
        stderr:
          'Traceback (most recent call last):\n  File "solution.py", line 2, in <module>\nValueError: x\n',
      },
      'Your script ended with exit code 1, and told of an error at line 2: ValueError: x',
      2,
    ],
    [
      'an error that a Node script has written by itself',
      {
        language: 'javascript',
        name: 'x.mjs',
        stderr: 'TypeError: no\n    at x.mjs:2:1\n',
      },
      'Your script ended with exit code 1, and told of an error at line 2: TypeError: no',
      2,
    ],
    [
      'of several errors the one that ended a Node script',
      {
        language: 'javascript',
        name: 'x.mjs',
        stderr:
          'Error: busy\n    at x.mjs:2:1\nx.mjs:4\nfoo.bar();\n^\n\nReferenceError: foo is not defined\n    at x.mjs:4:1\n\nNode.js v20.20.2\n',
      },
      'Your script crashed at line 4: ReferenceError: foo is not defined',
      4,
    ],
    [
      'an error without the line of another one',
      {
        language: 'javascript',
        name: 'x.mjs',
        source: "load('left-pad')\n",
        stderr: "Error: my own\nTypeError: no\n    at x.mjs:2:1\nCannot find module 'left-pad'\n",
      },
      'Your script ended with exit code 1: Error: my own',
      undefined,
    ],
    [
      'a line in colours',
      { language: 'bash', name: 's.sh', stderr: '\u001b[31ms.sh: line 9: x: not found\u001b[0m\n' },
      'Line 9: x: not found',
      9,
    ],
  ])('tells %s', (_, told, text, line) => {
    expect(crashOf(told)).toEqual([{ kind: 'crash', text, ...(line !== undefined && { line }) }]);
  });

  it('takes nothing for words of Bash that a script has written by itself', () => {
    const source = 'echo "step: line 2: done"; echo "note.sh: line 3: all is well"';
    const stderr = 'step: line 2: done\nnote.sh: line 3: all is well\nother: line 4: x\n';
    expect(crashOf({ language: 'bash', name: 's.sh', source, stderr, exitCode: 0 })).toEqual([]);
  });
});
