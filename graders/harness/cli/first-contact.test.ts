import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { which } from '../base/which.ts';
import { type CliCall, useCliFolder } from '../testing/cli.ts';
import { useServer } from '../testing/server.ts';

// What goes wrong first, and what learners are told then: each tried for real.

const folder = useCliFolder();

/** Grades with the local engine, and gives back what is told: a complaint, or what stands above and below the checks. */
async function told(args: readonly string[] = [], call: CliCall = {}): Promise<string> {
  const { stdout, stderr } = await folder.run(
    ['grade', 'sessions/cantina', '--engine', 'local', ...args],
    call,
  );
  const above = /Fix this first\n[\s\S]*?\n\n/.exec(stdout)?.[0] ?? '';
  const waiting = /.*first command that does something\.\n\n/.exec(stdout)?.[0] ?? '';
  const below = /Good to know\n[\s\S]*/.exec(stdout)?.[0] ?? stdout.split('\n').slice(-3).join('\n');
  const said = (above + waiting + below).replace(/^ {2}/gm, '');
  return `\n${stderr === '' ? said.trimEnd() : stderr.trimEnd()}\n`;
}

describe('1. Docker is not running', () => {
  it('says so, and what to do', async () => {
    await folder.write('solution.valkey', 'PING\n');
    const env = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
    expect(await told(['--engine', 'docker'], { env })).toMatchInlineSnapshot(`
      "
      keyspace-grader: No Docker engine answers at unix:///nonexistent/docker.sock (the variable DOCKER_HOST names it): ENOENT.
      Fix it with \`unset DOCKER_HOST\`, or use \`--engine local\`. \`npx keyspace-grader doctor\` looks at the rest of this machine.
      "
    `);
  });
});

describe('2. the wrong folder', () => {
  it('finds the script in a folder above', async () => {
    await folder.write('challenges/sessions/cantina/solution.valkey', 'PING\n');
    await mkdir(join(folder.path, 'challenges/queues/monitoring'), { recursive: true });
    expect(await told([], { cwd: 'challenges/queues/monitoring' })).toMatchInlineSnapshot(`
      "
      keyspace-grader: There is no script for sessions/cantina in this folder.
      There is one in a folder above: \`npx keyspace-grader grade sessions/cantina ../../..\`.
      Expected a file solution.* (.valkey .redis .txt .sh .bash .js .mjs .cjs .ts .mts .cts .py) there, in sessions/cantina/ or in challenges/sessions/cantina/, or name the script itself: \`npx keyspace-grader grade sessions/cantina my-script.sh\`.
      "
    `);
  });

  it('says what it looks for where there is nothing', async () => {
    expect(await told()).toMatchInlineSnapshot(`
      "
      keyspace-grader: There is no script for sessions/cantina in this folder.
      Expected a file solution.* (.valkey .redis .txt .sh .bash .js .mjs .cjs .ts .mts .cts .py) there, in sessions/cantina/ or in challenges/sessions/cantina/, or name the script itself: \`npx keyspace-grader grade sessions/cantina my-script.sh\`.
      "
    `);
  });
});

describe('3. an empty script', () => {
  it('is a command file without a command', async () => {
    await folder.write('solution.valkey', '');
    expect(await told()).toMatchInlineSnapshot(`
      "
      Fix this first
      ✗ Your file is empty.
        Write your commands one a line, as you would type them in valkey-cli.

      16 checks wait for the first command that does something.

      ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 20 points, 16 checks of 16 to go
      "
    `);
  });

  it('is the file that the challenge begins with', async () => {
    await folder.write('solution.valkey', '# 1. Create the session\n\n# 2. Let it expire\n');
    expect(await told()).toMatchInlineSnapshot(`
      "
      Fix this first
      ✗ Your file has only comments so far.
        Write your commands one a line, as you would type them in valkey-cli.

      16 checks wait for the first command that does something.

      ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 20 points, 16 checks of 16 to go
      "
    `);
  });

  it('is a script without a word', async () => {
    await folder.write('solution.sh', '\n');
    expect(await told()).toMatchInlineSnapshot(`
      "
      Fix this first
      ✗ Your script is empty.

      16 checks wait for the first command that does something.

      ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 20 points, 16 checks of 16 to go
      "
    `);
  });
});

describe('4. Windows line ends', () => {
  it('are told in a Bash script', async () => {
    await folder.write('solution.sh', '#!/bin/bash\r\nvalkey-cli SET greeting hello\r\n');
    expect(await told()).toMatchInlineSnapshot(`
      "
      Fix this first
      ✗ Your script has Windows line ends, which a shell takes for part of each
        line's last word. Take them away: \`perl -pi -e 's/\\r\\n/\\n/' solution.sh\`, or
        let your editor write LF.

      ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 20 points, 16 checks of 16 to go
      "
    `);
  });

  it('are told in a line that names an interpreter', async () => {
    await folder.write('solution', '#!/usr/bin/env bash\r\nvalkey-cli PING\r\n', 0o755);
    expect(await told()).toMatchInlineSnapshot(`
      "
      keyspace-grader: solution has Windows line ends: no system finds the program that its first line names.
      Take them away: \`perl -pi -e 's/\\r\\n/\\n/' solution\`, or let your editor write LF.
      "
    `);
  });

  it('are no matter in a command file', async () => {
    await folder.write('solution.valkey', 'SET greeting hello\r\nGET greeting\r\n');
    expect(await told()).toMatchInlineSnapshot(`
      "
      ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 20 points, 16 checks of 16 to go
      "
    `);
  });
});

describe('5. redis-cli', () => {
  it('reaches the grading server as valkey-cli does, in a script and in a command file', async () => {
    await folder.write('solution.sh', 'redis-cli HSET session:han_solo username hsolo\n');
    expect(await told()).toMatchInlineSnapshot(`
      "
      ██████░░░░░░░░░░░░░░░░░░  5 of 20 points, 11 checks of 16 to go
      "
    `);
    const file = 'redis-cli HSET session:han_solo username hsolo\n';
    await folder.write('commands.valkey', file);
    expect(await told(['commands.valkey'])).toBe(await told());
  });
});

describe('6. a server of its own choice', () => {
  it('is none at port 6379', async () => {
    await folder.write('solution.sh', 'valkey-cli -h localhost -p 6379 PING || true\n');
    expect(await told()).toMatchInlineSnapshot(`
      "
      Fix this first
      ✗ Line 1 of your script names port 6379, but the grading server has an address
        of its own.
        Call \`valkey-cli\` without -h and -p: it finds the grading server. The
        address is in VALKEY_HOST and VALKEY_PORT, and in VALKEY_URL.

      16 checks wait for the first command that does something.

      ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 20 points, 16 checks of 16 to go
      "
    `);
  });

  it('is looked for beside the grading server', async () => {
    await folder.write('solution.sh', 'valkey-cli SET a 1\nvalkey-cli -p 6379 PING || true\n');
    expect(await told()).toMatchInlineSnapshot(`
      "
      Fix this first
      ✗ Line 2 of your script names port 6379, but the grading server has an address
        of its own.
        Call \`valkey-cli\` without -h and -p: it finds the grading server. The
        address is in VALKEY_HOST and VALKEY_PORT, and in VALKEY_URL.

      ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 20 points, 16 checks of 16 to go
      "
    `);
  });

  const server = useServer();
  it('is the learner’s own, which answers', async () => {
    await folder.write('solution.sh', `valkey-cli -p ${server.address.port} SET a 1\n`);
    expect(await told()).toMatchInlineSnapshot(`
      "
      Fix this first
      ✗ The server ran no command of your script. A client that is told no address
        takes localhost:6379, but the grading server has an address of its own.
        Call \`valkey-cli\` without -h and -p: it finds the grading server. The
        address is in VALKEY_HOST and VALKEY_PORT, and in VALKEY_URL.

      16 checks wait for the first command that does something.

      ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 20 points, 16 checks of 16 to go
      "
    `);
  });
});

describe('7. no execute bit', () => {
  it('is told of the script', async () => {
    await folder.write('solution', '#!/bin/sh\nvalkey-cli PING\n');
    expect(await told()).toMatchInlineSnapshot(`
      "
      keyspace-grader: solution begins with #!/bin/sh, but has no execute bit.
      Give it one: \`chmod +x solution\`, or name it with one of .valkey .redis .txt .sh .bash .js .mjs .cjs .ts .mts .cts .py.
      "
    `);
  });

  it('is told of a helper beside it', async () => {
    await folder.write('solution.sh', './helper.sh\n');
    await folder.write('helper.sh', 'valkey-cli SET a 1\n');
    expect(await told()).toMatchInlineSnapshot(`
      "
      Fix this first
      ✗ Line 1: ./helper.sh: Permission denied
        ./helper.sh has no execute bit: \`chmod +x ./helper.sh\` (and \`git
        update-index --chmod=+x ./helper.sh\`, so that git keeps it), or call it as
        \`bash ./helper.sh\`.

      16 checks wait for the first command that does something.

      ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 20 points, 16 checks of 16 to go
      "
    `);
  });
});

describe('8. the other kind of module', () => {
  it('is import in a CommonJS file', async () => {
    await folder.write('package.json', '{ "type": "commonjs" }\n');
    await folder.write('solution.js', "import Redis from 'iovalkey';\n");
    expect(await told()).toMatchInlineSnapshot(`
      "
      Fix this first
      ✗ Your script crashed at line 1: SyntaxError: Cannot use import statement
        outside a module
        \`import\`, \`export\` and a bare \`await\` are for ES modules: rename your script
        to solution.mjs, or write { "type": "module" } into the package.json beside
        it.

      16 checks wait for the first command that does something.

      ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 20 points, 16 checks of 16 to go
      "
    `);
  });

  it('is require in an ES module', async () => {
    await folder.write('solution.mjs', "const Redis = require('iovalkey');\n");
    expect(await told()).toMatchInlineSnapshot(`
      "
      Fix this first
      ✗ Your script crashed at line 1: ReferenceError: require is not defined in ES
        module scope, you can use import instead
        \`require\` is not there in an ES module: write \`import Redis from 'iovalkey'\`
        in place of \`require\`, or rename your script to solution.cjs.

      16 checks wait for the first command that does something.

      ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 20 points, 16 checks of 16 to go
      "
    `);
  });
});

describe.skipIf(!which('python3'))('9. no client library', () => {
  beforeEach(async () => {
    // Whatever is installed on this machine.
    await folder.write('bin/python3', `#!/bin/sh\nexec '${which('python3')}' -S "$@"\n`, 0o755);
  });

  it('is told of Python', async () => {
    await folder.write('solution.py', 'import valkey\n');
    const env = { PATH: `${join(folder.path, 'bin')}:${process.env.PATH}` };
    expect(await told([], { env })).toMatchInlineSnapshot(`
      "
      Fix this first
      ✗ Your script crashed at line 1: ModuleNotFoundError: No module named 'valkey'
        Python has no package \`valkey\` here. Install it (in a virtual environment,
        where your system asks for one): \`python3 -m pip install valkey\`. Or let
        your script call \`valkey-cli\`, which is always there.

      16 checks wait for the first command that does something.

      ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 20 points, 16 checks of 16 to go
      "
    `);
  });

  it('is told of Node', async () => {
    await folder.write('solution.mjs', "import { createClient } from 'no-such-client';\n");
    expect(await told()).toMatchInlineSnapshot(`
      "
      Fix this first
      ✗ Your script crashed at line 1: Error [ERR_MODULE_NOT_FOUND]: Cannot find
        package 'no-such-client' imported from solution.mjs
        Node has no package \`no-such-client\` here. \`iovalkey\` is always there to
        import. Or install it in the folder of your script, or above it: \`npm
        install no-such-client\`.

      16 checks wait for the first command that does something.

      ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 20 points, 16 checks of 16 to go
      "
    `);
  });
});

describe('10. a missing comma in JSON', () => {
  it('is told of evidence that somebody edited, with its place', async () => {
    await folder.write('evidence.json', '{\n  "version": 1\n  "challenge": "sessions/cantina"\n}\n');
    const { code, stderr } = await folder.run(['judge', 'sessions/cantina', 'evidence.json']);
    expect({ code, stderr: `\n${stderr}` }).toMatchInlineSnapshot(`
      {
        "code": 2,
        "stderr": "
      keyspace-grader: evidence.json:3:3: not valid JSON: Expected ',' or '}' after property value: is there a comma missing before it?
      ",
      }
    `);
  });

  it.each(['solution.js', 'solution.ts'])('is told of the package.json beside %s', async (name) => {
    await folder.write('package.json', '{\n  "name": "mine"\n  "type": "module"\n}\n');
    await folder.write(name, "import Redis from 'iovalkey';\n");
    // How Node puts it differs from version to version.
    const text = (await told())
      .replace(/✗ Your script (?:ended|crashed)[\s\S]*?(?=The package)/, '✗ ')
      .replace(/ \(line[^)]*\)/, '');
    expect(text).toMatchInlineSnapshot(`
      "
      Fix this first
      ✗ The package.json beside your script is no valid JSON. Most often a comma is
        missing at the end of the line before, or there is one too many behind the
        last entry. Most editors mark the place.

      16 checks wait for the first command that does something.

      ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 20 points, 16 checks of 16 to go
      "
    `);
  });
});
