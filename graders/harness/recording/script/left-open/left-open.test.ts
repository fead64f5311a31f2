import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dockerForTests } from '../../../testing/docker.ts';
import { type TestbedName, testbed } from '../../../testing/testbeds.ts';
import { recordEvidence } from '../../observe/record-evidence.ts';
import { findScript } from '../../submission/find.ts';
import { limitsWithin } from '../limits.ts';

const withDocker = await dockerForTests();

/** Far more than any of them takes: none is to come so far. */
const LIMIT_S = 240;
/** Longer than it takes to tell that a client was left open. */
const PAUSE_MS = 9_000;

const CONNECT = "import Valkey from 'iovalkey';\nconst client = new Valkey(process.env.VALKEY_URL);\n";
const END = "await client.set('done', 1); await client.quit();";

/** Runs a script, and gives back how its process went and the names of the keys that it left. */
async function run(source: string, name = 'solution.mjs', on: TestbedName = 'local') {
  const folder = await mkdtemp(join(tmpdir(), 'left-open-'));
  try {
    await writeFile(join(folder, name), CONNECT + source);
    const { runs } = await recordEvidence({
      plan: { challenge: 'a/b', setup: [], variants: [], keys: [] },
      script: await findScript('a/b', join(folder, name)),
      limits: limitsWithin(LIMIT_S),
      ...(await testbed(on)),
    });
    const keys = runs[0]?.after.databases.flatMap((database) => database.keys.map((key) => key.key));
    return { ...runs[0]?.process, keys };
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('a client that is left open', () => {
  const LEFT_OPEN = "await client.set('done', 1); console.log('out'); console.error('err');";

  it.each(['solution.mjs', 'solution.ts'])('does not have %s wait for its time limit', async (name) => {
    expect(await run(LEFT_OPEN, name)).toMatchObject({
      ended: 'timed out',
      leftOpen: true,
      exitCode: null,
      stdout: { text: 'out\n' },
      stderr: { text: 'err\n', bytes: 4 },
      keys: ['done'],
    });
  });

  it.runIf(withDocker)('does not in a container either', async () => {
    expect(await run(LEFT_OPEN, 'solution.mjs', 'container')).toMatchObject({
      ended: 'timed out',
      leftOpen: true,
      stderr: { text: 'err\n' },
      keys: ['done'],
    });
  });
});

describe.runIf(withDocker)('a grader whose files are for itself alone', () => {
  it('runs a script in a container all the same', async () => {
    const before = process.umask(0o077);
    try {
      const ended = await run(END, 'solution.mjs', 'container');
      expect(ended).toMatchObject({ ended: 'exited', exitCode: 0, keys: ['done'] });
    } finally {
      process.umask(before);
    }
  });
});

describe('a script that waits on purpose', { concurrent: true }, () => {
  const later = `setTimeout(async () => { ${END} }, ${PAUSE_MS})`;

  it.each([
    ['for a timer', `await client.ping(); ${later};`],
    ['for a timer that does not keep it running', `await client.ping(); ${later}.unref();`],
    ['for a command that blocks', `await client.blpop('nothing', ${PAUSE_MS / 1000}); ${END}`],
    [
      'for a child',
      `import { spawn } from 'node:child_process';
       await client.ping();
       spawn('sleep', ['${PAUSE_MS / 1000}']).once('exit', async () => { ${END} });`,
    ],
    [
      'for a child that does not keep it running',
      `import { spawn } from 'node:child_process';
       await client.ping();
       const child = spawn('sleep', ['${PAUSE_MS / 1000}'], { stdio: 'ignore' });
       child.once('exit', async () => { ${END} });
       child.unref();`,
    ],
    [
      'for a timer that is started again',
      `await client.ping();
       let times = 0;
       const timer = setTimeout(async () => { times += 1; if (times === 2) { ${END} } }, ${PAUSE_MS}).unref();
       setTimeout(() => timer.refresh(), ${PAUSE_MS + 1000});`,
    ],
    [
      'for a promise of a timer that does not keep it running',
      `import { setTimeout } from 'node:timers/promises';
       await client.ping();
       setTimeout(${PAUSE_MS}, null, { ref: false }).then(async () => { ${END} });`,
    ],
    [
      'for memory that is shared',
      `await client.ping();
       const { value } = Atomics.waitAsync(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${PAUSE_MS});
       value.then(async () => { ${END} });`,
    ],
    [
      'for a thread that does not keep it running',
      `import { Worker } from 'node:worker_threads';
       await client.ping();
       const wait = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${PAUSE_MS})';
       const thread = new Worker(wait, { eval: true });
       thread.once('exit', async () => { ${END} });
       thread.unref();`,
    ],
    [
      'for what a child that has ended left running',
      `import { execSync } from 'node:child_process';
       await client.ping();
       process.once('SIGUSR2', async () => { ${END} });
       execSync(\`(sleep ${PAUSE_MS / 1000}; kill -USR2 \${process.pid}) > /dev/null 2>&1 &\`);`,
    ],
    [
      'for what has left its session',
      `import { execSync } from 'node:child_process';
       await client.ping();
       process.once('SIGUSR2', async () => { ${END} });
       execSync(\`setsid sh -c 'sleep ${PAUSE_MS / 1000}; kill -USR2 \${process.pid}' > /dev/null 2>&1 &\`);`,
    ],
    [
      'for an answer of somebody else',
      `import { connect, createServer } from 'node:net';
       await client.ping();
       const server = createServer((socket) => setTimeout(() => socket.end('x'), ${PAUSE_MS}).unref());
       server.listen(0, '127.0.0.1', () => {
         connect(server.address().port, '127.0.0.1').once('data', async () => { server.close(); ${END} });
       });`,
    ],
    [
      'for a message',
      `import { spawn } from 'node:child_process';
       const other = client.duplicate();
       other.once('message', async () => { other.disconnect(); ${END} });
       await other.subscribe('news');
       spawn('sh', ['-c', 'sleep ${PAUSE_MS / 1000}; valkey-cli PUBLISH news x'], { stdio: 'ignore', detached: true }).unref();`,
    ],
  ])('is let to do so: %s', async (_, source) => {
    const { ended, leftOpen, exitCode, keys, stderr } = await run(source);
    expect({ ended, leftOpen, exitCode, keys }, stderr?.text).toEqual({
      ended: 'exited',
      leftOpen: undefined,
      exitCode: 0,
      keys: ['done'],
    });
  });
});
