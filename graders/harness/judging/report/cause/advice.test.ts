import { describe, expect, it } from 'vitest';
import type { SandboxKind } from '../../../recording/script/sandbox.ts';
import { makeEvidence } from '../../../testing/evidence.ts';
import { adviceOn } from './advice.ts';

interface Told {
  name?: string;
  language?: string;
  text?: string;
  stderr?: string;
  sandbox?: SandboxKind;
}

/** Evidence of a script that ended so, and its main run. */
function ended({
  name = 'solution.sh',
  language = 'bash',
  text = '',
  stderr = '',
  sandbox = 'process',
}: Told) {
  const evidence = makeEvidence({ commands: [], name, language, stderr, process: { exitCode: 1 } });
  evidence.script.text = text;
  evidence.environment.sandbox = sandbox;
  const [run] = evidence.runs;
  if (!run) throw new Error('no run');
  return [evidence, run] as const;
}

const advice = (told: Told) => adviceOn(...ended(told));

describe('adviceOn', () => {
  it('says nothing of what it does not know', () => {
    expect(
      advice({ text: 'valkey-cli PING\n', stderr: 'solution.sh: line 1: foo: command not found\n' }),
    ).toEqual([]);
  });

  it('has nobody install what was looked for above the folder', () => {
    const text = 'sys.path.append("..")\nimport common\n';
    const told = { language: 'python', text, stderr: "ModuleNotFoundError: No module named 'common'" };
    expect(advice(told)).toHaveLength(1);
  });

  it.each<[string, Told, RegExp]>([
    [
      'Windows line ends',
      { text: 'a\r\nb\r\n' },
      /^Your script has Windows line ends.*`perl -pi -e 's\/\\r\\n\/\\n\/' solution\.sh`/,
    ],
    [
      'a name that a shell would take apart',
      { name: "han's file.sh", text: 'a\r\n' },
      /`perl -pi -e 's\/\\r\\n\/\\n\/' 'han'\\''s file\.sh'`/,
    ],
    [
      'a module above the folder',
      {
        language: 'python',
        text: 'import sys\nsys.path.append("..")\nfrom common.keys import KEY\n',
        stderr: "ModuleNotFoundError: No module named 'common'",
      },
      /^Your script is graded in a copy of its folder, and what lies above/,
    ],
    [
      'a file above the folder',
      {
        language: 'typescript',
        text: 'import { KEY } from "../lib/keys.js";\n',
        stderr:
          "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/work/lib/keys.js' imported from solution.ts",
      },
      /^Your script is graded in a copy of its folder, and what lies above/,
    ],
    [
      'what is not closed',
      { stderr: 'solution.sh: line 3: syntax error: unexpected end of file' },
      /not closed: a quote/,
    ],
    [
      'a bare await',
      {
        name: 'solution.js',
        language: 'javascript',
        stderr: 'SyntaxError: await is only valid in async functions and the top level bodies of modules',
      },
      /rename your script to solution\.mjs/,
    ],
    [
      'import in TypeScript',
      {
        name: 'solution.cts',
        language: 'typescript',
        stderr: 'Top-level await is currently not supported with the "cjs" output format',
      },
      /rename your script to solution\.mts/,
    ],
    [
      'a module that there is no more',
      {
        name: 'solution.mjs',
        language: 'javascript',
        stderr: 'ReferenceError: __dirname is not defined in ES module scope',
      },
      /^`__dirname` is not there in an ES module: .*solution\.cjs\.$/,
    ],
    [
      'a package of Python that is no client',
      { language: 'python', stderr: "ModuleNotFoundError: No module named 'numpy.linalg'" },
      /^Python has no package `numpy\.linalg` here\. Install it with/,
    ],
    [
      'a package of Python in a container',
      { language: 'python', stderr: "ModuleNotFoundError: No module named 'valkey'", sandbox: 'container' },
      /^The container in which scripts run has one Python client/,
    ],
    [
      'a package of Node',
      { language: 'javascript', stderr: "Error: Cannot find module '@redis/client'\nRequire stack:" },
      /^Node has no package `@redis\/client` here\..*`npm install @redis\/client`/,
    ],
    [
      'the place in a package.json, where Node tells it',
      {
        language: 'javascript',
        stderr:
          "SyntaxError: Error parsing /tmp/x/package.json: Expected ',' or '}' after property value in JSON at position 18 (line 3 column 3)",
      },
      /^The package\.json beside your script is no valid JSON \(line 3 column 3\)\./,
    ],
    [
      'an interpreter that is not there',
      {
        name: 'solution',
        language: 'executable',
        text: '#!/usr/bin/ruby\nputs 1\n',
        stderr: 'sh: 1: solution: not found',
      },
      /^Your script's first line asks for `\/usr\/bin\/ruby`/,
    ],
  ])('knows %s', (_, told, expected) => {
    expect(advice(told)).toEqual([expect.stringMatching(expected)]);
  });

  it('does not ask for packages that a script has done without', () => {
    const stderr = "Traceback (most recent call last):\nModuleNotFoundError: No module named 'valkey'\n";
    const python = { language: 'python', stderr };
    const [evidence, run] = ended(python);
    const other = makeEvidence({ commands: ['SET a 1'] }).runs[0];
    if (!other) throw new Error('no run');
    const done = { ...run, process: { ...run.process, exitCode: 0 }, trace: other.trace };
    expect(adviceOn(evidence, done)).toEqual([]);
    expect(advice(python)).toHaveLength(1);
    expect(advice({ ...python, stderr: "optional: No module named 'valkey'\n" })).toEqual([]);
    expect(advice({ language: 'javascript', stderr: "Cannot find module 'left-pad', never mind" })).toEqual(
      [],
    );
  });

  it('does not take a file of one’s own for a package', () => {
    const stderr =
      "Error: Cannot find module './helper'\nError [ERR_MODULE_NOT_FOUND]: Cannot find module '/tmp/x/a.mjs'";
    expect(advice({ language: 'javascript', stderr })).toEqual([]);
  });

  it('repeats nothing that a terminal acts upon', () => {
    const stderr = 'solution.sh: line 1: ./\u001b[2J: Permission denied\n';
    expect(advice({ stderr }).join()).toContain('./\\x1b[2J has no execute bit');
  });
});
