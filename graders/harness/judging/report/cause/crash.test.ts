import { describe, expect, it } from 'vitest';
import { makeEvidence } from '../../../testing/evidence.ts';
import { crashes } from './crash.ts';

interface Told {
  language: string;
  name: string;
  stderr: string;
  source?: string;
  exitCode?: number | null;
  signal?: string | null;
}

function crashOf(
  { exitCode = 1, signal = null, ...options }: Told & { signal?: string | null },
  always = false,
) {
  const evidence = makeEvidence({ ...options, process: { exitCode, signal } });
  const [run] = evidence.runs;
  return run ? crashes(evidence, run, always) : [];
}

const TRACEBACK = `Traceback (most recent call last):
  File "solution.py", line 3, in <module>
    r.execute_command('HGETT', 'a')
  File "/usr/lib/python3/redis/client.py", line 867, in execute_command
    return self._execute_command(*args, **options)
redis.exceptions.ResponseError: unknown command 'HGETT', with args beginning with: 'a'
`;

const REPLY_ERROR = `<grader>/node_modules/redis-parser/lib/parser.js:179
    return new ReplyError(string)
           ^

ReplyError: ERR wrong number of arguments for 'hset' command
    at parseError (<grader>/node_modules/redis-parser/lib/parser.js:179:12)
    at parseType (<grader>/node_modules/redis-parser/lib/parser.js:302:14) {
  command: { name: 'hset', args: [ 'session:han_solo', 'username' ] }
}

Node.js v20.20.2
`;

describe('crashes', () => {
  it.each<[string, Told, string, number | undefined]>([
    [
      'the own line of a Python traceback, not that of a library',
      { language: 'python', name: 'solution.py', stderr: TRACEBACK },
      "Your script crashed at line 3: redis.exceptions.ResponseError: unknown command 'HGETT', with args beginning with: 'a'",
      3,
    ],
    [
      'the last of the exceptions that led to one another',
      {
        language: 'python',
        name: 'solution.py',
        stderr: `${TRACEBACK}\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "solution.py", line 9, in <module>\n    oh()\nNameError: name 'oh' is not defined\n`,
      },
      "Your script crashed at line 9: NameError: name 'oh' is not defined",
      9,
    ],
    [
      'a helper of the submission, and who called it',
      {
        language: 'python',
        name: 'solution.py',
        stderr:
          'Traceback (most recent call last):\n  File "solution.py", line 2, in <module>\n    helper.store()\n  File "lib/helper.py", line 7, in store\n    return x.foo()\nAttributeError: no foo\n',
      },
      'Your script crashed in lib/helper.py, line 7 (called from line 2 of solution.py): AttributeError: no foo',
      2,
    ],
    [
      'what Python cannot read',
      {
        language: 'python',
        name: 'solution.py',
        stderr: '  File "solution.py", line 4\n    x = (\n        ^\nSyntaxError: \'(\' was never closed\n',
      },
      "Your script crashed at line 4: SyntaxError: '(' was never closed",
      4,
    ],
    [
      'a frame of Node in the script',
      {
        language: 'javascript',
        name: 'x.mjs',
        stderr:
          'x.mjs:4\nfoo.bar();\n^\n\nReferenceError: foo is not defined\n    at x.mjs:4:1\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)\n\nNode.js v20.20.2\n',
      },
      'Your script crashed at line 4: ReferenceError: foo is not defined',
      4,
    ],
    [
      'a helper in Node',
      {
        language: 'javascript',
        name: 'x.mjs',
        stderr:
          'TypeError: no\n    at store (lib/store.mjs:8:3)\n    at load (node_modules/y/index.js:1:1)\n    at x.mjs:2:1\n\nNode.js v20.20.2\n',
      },
      'Your script crashed in lib/store.mjs, line 8 (called from line 2 of x.mjs): TypeError: no',
      2,
    ],
    [
      'a syntax error in Node, which has no frame',
      {
        language: 'javascript',
        name: 'x.mjs',
        stderr:
          "x.mjs:3\nconst = 1;\n      ^\n\nSyntaxError: Unexpected token '='\n    at compileSourceTextModule (node:internal/modules/esm/utils:344:16)\n\nNode.js v20.20.2\n",
      },
      "Your script crashed at line 3: SyntaxError: Unexpected token '='",
      3,
    ],
    [
      'what TypeScript cannot be made of',
      {
        language: 'typescript',
        name: 'x.ts',
        stderr:
          'Error [TransformError]: Transform failed with 1 error:\nx.ts:3:18: ERROR: Unexpected ";"\n    at failureErrorWithLog (<grader>/node_modules/esbuild/lib/main.js:1752:15)\n',
      },
      'Your script crashed at line 3: Unexpected ";"',
      3,
    ],
    [
      'the one line that has the command and the key of an error of the server',
      {
        language: 'javascript',
        name: 'x.mjs',
        source: "import Redis from 'iovalkey';\nawait r.hset('session:han_solo', 'username');\n",
        stderr: REPLY_ERROR,
      },
      "Your script crashed at line 2: ReplyError: ERR wrong number of arguments for 'hset' command",
      2,
    ],
    [
      'no line where several have them',
      {
        language: 'javascript',
        name: 'x.mjs',
        source: "r.hset('session:han_solo', 'a');\nr.hset('session:han_solo', 'b');\n",
        stderr: REPLY_ERROR,
      },
      "Your script ended with exit code 1: ReplyError: ERR wrong number of arguments for 'hset' command",
      undefined,
    ],
    [
      'a command that Bash does not find, however the script ended',
      { language: 'bash', name: 's.sh', stderr: 's.sh: line 3: redis-cl: command not found\n', exitCode: 0 },
      'Line 3: redis-cl: command not found',
      3,
    ],
    [
      'what Bash cannot read, once',
      {
        language: 'bash',
        name: 's.sh',
        stderr: "s.sh: line 2: syntax error near unexpected token `)'\ns.sh: line 2: `)'\n",
      },
      "Line 2: syntax error near unexpected token `)'",
      2,
    ],
    [
      'a script that another one calls',
      { language: 'bash', name: 's.sh', stderr: './lib.sh: line 1: x: command not found\n' },
      'lib.sh, line 1: x: command not found',
      undefined,
    ],
    [
      'a line of a command file',
      { language: 'command-file', name: 's.valkey', stderr: 's.valkey:4: the " is never closed\n' },
      'Line 4: the " is never closed',
      4,
    ],
    [
      'the last line of stderr, of any other program',
      { language: 'bash', name: 's.sh', stderr: 'warning\nthe last word\n' },
      'Your script ended with exit code 1: the last word',
      undefined,
    ],
    [
      'a signal',
      { language: 'python', name: 's.py', stderr: '', exitCode: null, signal: 'SIGSEGV' },
      'Your script was ended by signal SIGSEGV.',
      undefined,
    ],
    [
      'no more than a line can hold',
      { language: 'python', name: 's.py', stderr: `Error: ${'x'.repeat(500)}` },
      `Your script ended with exit code 1: Error: ${'x'.repeat(193)}`,
      undefined,
    ],
    [
      'nothing that a terminal acts upon',
      { language: 'python', name: 's.py', stderr: 'Error: \u001b[31mgone\rback' },
      'Your script ended with exit code 1: Error: gone\\rback',
      undefined,
    ],
  ])('tells %s', (_, told, text, line) => {
    expect(crashOf(told)).toEqual([{ kind: 'crash', text, ...(line !== undefined && { line }) }]);
  });

  it('tells the first lines that a shell could not run, and names the others', () => {
    const stderr = [1, 2, 3, 4, 5]
      .map((line) => `s.sh: line ${line}: x${line}: command not found\n`)
      .join('');
    expect(crashOf({ language: 'bash', name: 's.sh', stderr }).map(({ text }) => text)).toEqual([
      'Line 1: x1: command not found',
      'Line 2: x2: command not found',
      'Line 3: x3: command not found',
      'There is something wrong with lines 4 and 5, too.',
    ]);
  });

  it('says nothing of a script that ended well, and little of one that only ended badly', () => {
    const silent = { language: 'python', name: 's.py', stderr: '' };
    expect(crashOf({ ...silent, exitCode: 0, stderr: TRACEBACK })).toEqual([]);
    expect(crashOf({ ...silent, exitCode: 3 })).toEqual([]);
    expect(crashOf({ ...silent, exitCode: 3 }, true)).toEqual([
      { kind: 'crash', text: 'Your script ended with exit code 3.' },
    ]);
  });

  it.each([
    ['line feeds', '\n'.repeat(100_000)],
    ['brackets', `    at ${'('.repeat(100_000)}`],
    ['many brackets', `    at ${'('.repeat(900)}\n`.repeat(300)],
    ['colons', `a${':'.repeat(900)}\n`.repeat(300)],
    ['dots', `    at ${'a.js'.repeat(200)}\n`.repeat(300)],
  ])('takes no long time over %s', (_, stderr) => {
    const before = performance.now();
    for (const language of ['python', 'javascript', 'bash', 'executable', 'command-file'])
      crashOf({ language, name: 's', stderr });
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
