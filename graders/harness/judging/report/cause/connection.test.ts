import { describe, expect, it } from 'vitest';
import type { SandboxKind } from '../../../recording/script/sandbox.ts';
import { makeEvidence, makeView } from '../../../testing/evidence.ts';
import { noCommand, notConnected } from './connection.ts';

/** What is told of a script that reached the grading server, or did not. */
function elsewhere(
  source: string,
  stderr: string,
  { isReached = false, isAll = true, language = 'javascript', sandbox = 'process' as SandboxKind } = {},
) {
  const evidence = makeEvidence({ language, source, stderr });
  evidence.environment.sandbox = sandbox;
  const [run] = evidence.runs;
  return run && notConnected(evidence, run, { isReached, isAll });
}

describe('notConnected', () => {
  it('names the line that names the usual port, and no comment', () => {
    const source = '# the port is 6379\n\nconst r = new Redis(6379);\n';
    expect(elsewhere(source, '')).toEqual({
      kind: 'not connected',
      text: 'Line 3 of your script names port 6379, but the grading server has an address of its own.',
      advice: expect.stringMatching(/^Connect with `new Redis\(process\.env\.VALKEY_URL\)`\. .*VALKEY_HOST/),
      line: 3,
    });
  });

  it('does not blame a line that takes the port from the environment', () => {
    const source = 'port = env.get("VALKEY_PORT", 6379)';
    expect(elsewhere(source, '')).toBeUndefined();
    expect(elsewhere(source, 'connect ECONNREFUSED 127.0.0.1:6379')?.line).toBeUndefined();
  });

  it('says where a client looks that is told nothing', () => {
    const told = elsewhere('x', 'Error: connect ECONNREFUSED 127.0.0.1:6379', { language: 'python' });
    expect(told?.text).toMatch(/found no server where it looked/);
    expect(told?.advice).toMatch(/VALKEY_URL/);
  });

  it('tells of a second server, and of nothing else', () => {
    const stderr = 'Could not connect to Valkey at localhost:6379: Connection refused';
    expect(elsewhere('x', stderr, { isReached: true })?.text).toMatch(
      /^Your script looks for a server at port 6379/,
    );
    expect(elsewhere('print(6379)', '', { isReached: true })).toBeUndefined();
    expect(elsewhere('x', 'port 6379', { isReached: true })).toBeUndefined();
    expect(elsewhere('x', 'connect ECONNREFUSED 127.0.0.1:5432', { isReached: true })).toBeUndefined();
    expect(elsewhere('x', 'port 6379')).toBeUndefined();
    // Something else broke it, and the port may only be what is taken where none is told.
    expect(elsewhere('port = env.get("VALKEY_PORT", 6379)', '', { isAll: false })).toBeUndefined();
  });
});

describe('in a container, where the grading server is at the usual address,', () => {
  it('blames nobody for the usual port', () => {
    const sandbox = 'container';
    expect(elsewhere('new Redis(6379)', '', { sandbox })).toBeUndefined();
    const told = elsewhere('x', 'connect ECONNREFUSED 10.0.0.1:7000', { sandbox });
    expect(told?.text).toBe(
      'Your script found no server where it looked: the grading server has an address of its own.',
    );
    const evidence = makeEvidence();
    evidence.environment.sandbox = sandbox;
    expect(noCommand(evidence, []).text).toBe('The server ran no command of your script.');
  });
});

describe('noCommand', () => {
  it('says what a client sent by itself, which reached the server', () => {
    const { commands } = makeView({ commands: ['HELLO 3', 'CLIENT SETINFO LIB-NAME x', 'PING', 'PING'] });
    expect(noCommand(makeEvidence(), commands)).toEqual({
      kind: 'no command',
      text: 'The server ran no command of your script, but for HELLO, CLIENT SETINFO and PING, as clients send when they connect.',
    });
  });

  it('says how to find the server where nothing came', () => {
    expect(noCommand(makeEvidence(), [])).toMatchObject({
      text: expect.stringMatching(/^The server ran no command of your script\. .*localhost:6379/),
      advice: expect.stringMatching(/VALKEY_HOST/),
    });
    expect(noCommand(makeEvidence({ language: 'command-file' }), []).text).toBe(
      'The server ran no command of your file.',
    );
  });
});
