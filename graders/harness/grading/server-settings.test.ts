import { describe, expect, it } from 'vitest';
import { gradeMade, outcomes } from '../testing/made-challenge.ts';

const USERS = 'server: { allow: [acl|setuser, acl|deluser, acl|getuser] }';
const CHEWIE = `kind: acl-user
user: chewie
may: ['GET ship:falcon']
mayNot: ['SET ship:falcon x', 'GET ship:slave', FLUSHALL]
on: true
password: true`;

describe('the server of a challenge', () => {
  it('has its settings, in the run and when the commands are run once more', async () => {
    const head = `server: { config: { maxmemory-policy: allkeys-lru, hash-max-listpack-entries: 2 }, allow: [config|get] }
setup: ['HSET h a 1 b 2 c 3']`;
    const checks = [
      'kind: config-value\nsetting: maxmemory-policy\nvalue: allkeys-lru',
      'kind: answer\ncommand: OBJECT ENCODING h\nreply: hashtable',
      'kind: config-value\nsetting: maxmemory-policy\nvalue: noeviction',
    ];
    const graded = await gradeMade(
      { head, checks },
      'CONFIG GET maxmemory-policy\nSET a b\nCONFIG SET maxmemory 1\n',
    );
    expect(outcomes(graded)).toEqual(['passed', 'passed', 'it is "allkeys-lru"']);
    const [run] = graded.evidence.runs;
    expect(run?.process.stdout.text).toBe(
      `1) "maxmemory-policy"\n2) "allkeys-lru"\nOK\n(error) NOPERM User default has no permissions to run the 'config|set' command\n`,
    );
    expect(run?.replay).toMatchObject({ until: 'end', unlike: [] });
    expect(run?.denied).toEqual([{ command: 'config|set', count: 1 }]);
  });

  it('evicts nothing for the keyspace to be read', async () => {
    const head = `server: { config: { maxmemory: 8mb, maxmemory-policy: allkeys-lru } }`;
    const writes = Array.from({ length: 1000 }, (_, index) => `SETRANGE k${index + 1} 20000 x`);
    const script = [...writes, 'DBSIZE'].join('\n');
    const graded = await gradeMade({ head, checks: ['kind: key-exists\nkey: k1000'] }, script);
    const [run] = graded.evidence.runs;
    const printed = Number(/\(integer\) (\d+)\n$/.exec(run?.process.stdout.text ?? '')?.[1]);
    expect(printed).toBeGreaterThan(10);
    expect(printed).toBeLessThan(1000);
    // A few may have to go for the connections of the grader, and none for what it reads: these are megabytes.
    expect(printed - (run?.after.databases[0]?.keys.length ?? 0)).toBeLessThan(20);
  });

  it.each([
    ['server: { config: { dir: /tmp } }', 'dir is no setting that a challenge may change'],
    ['server: { config: { maxmemory: 1gb } }', 'maxmemory may be 256mb at most'],
    ['server: { config: { maxmemory-polici: x } }', 'did you mean maxmemory-policy?'],
    ['server: { allow: [client|kill] }', 'client|kill cannot be allowed: only acl|deluser'],
    ["minVersion: '8.0'\nserver: { minVersion: '8.1' }", 'minVersion is said twice'],
  ])('is not as %s says', async (head, message) => {
    await expect(gradeMade({ head, checks: ['kind: key-exists\nkey: a'] }, 'PING\n')).rejects.toThrow(
      message,
    );
  });

  it('is of its own image, which only Docker can start', async () => {
    const head = 'server: { image: valkey/valkey-bundle:8.1 }';
    await expect(gradeMade({ head, checks: ['kind: key-exists\nkey: a'] }, 'PING\n')).rejects.toThrow(
      'This challenge needs a server of the image valkey/valkey-bundle:8.1, which only Docker can start.',
    );
  });

  it('need not be as old as the challenge’s least version', async () => {
    const head = "server: { minVersion: '99.0' }";
    const { report } = await gradeMade({ head, checks: ['kind: key-exists\nkey: a'] }, 'PING\n');
    expect(report).toMatchObject({ status: 'not gradable', score: null });
  });
});

describe('users that a learner makes', () => {
  const grade = (script: string, checks = [CHEWIE], name = 'solution.valkey') =>
    gradeMade({ head: USERS, checks }, script, { name });

  it('are judged by what they may do, and their passwords are nowhere in what is told of them', async () => {
    const graded = await grade(
      'ACL SETUSER chewie on >rrwaahhh ~ship:falcon -@all +get\nSET ship:falcon x\nAUTH chewie rrwaahhh\nGET ship:falcon\nSET ship:falcon y\n',
    );
    expect(outcomes(graded)).toEqual(['passed']);
    const [run] = graded.evidence.runs;
    expect(run?.replies?.map(({ reply }) => reply)).toEqual([
      'OK',
      'OK',
      'OK',
      '"x"',
      "(error) NOPERM User chewie has no permissions to run the 'set' command",
    ]);
    // What a user of the learner's own may not do keeps the script from nothing.
    expect(run?.denied).toEqual([]);
    expect(run?.users?.map(({ name }) => name).sort()).toEqual(['chewie', 'default']);
    expect(run?.users?.find(({ name }) => name === 'chewie')).toMatchObject({ passwords: 1 });
    expect(JSON.stringify([run?.users, run?.answers])).not.toMatch(/#|rrwaahhh|[0-9a-f]{32}/);
    expect(run?.replay).toMatchObject({ until: 'end', unlike: [] });
  });

  it.each([
    ['PING', 'the users are default'],
    ['ACL SETUSER chewie off >a ~ship:falcon +get', /^the user is off; the rules: off /],
    ['ACL SETUSER chewie on nopass ~ship:falcon +get', /^no password is needed, or there is none; /],
    ['ACL SETUSER chewie on >a ~ship:* +get', /^the user may; the rules: on .*~ship:\* /],
    ['ACL SETUSER chewie on >a ~ship:falcon +set', /^the user may not; /],
  ])('fail where they are otherwise: %s', async (script, found) => {
    expect(outcomes(await grade(`${script}\n`))[0]).toMatch(found);
  });

  it('are told with the commands that made them, without their passwords', async () => {
    const { report } = await grade('ACL SETUSER chewie on >secret\nACL SETUSER chewie ~ship:* +get\n');
    expect(report.checks[0]?.failure?.commands).toEqual([
      { line: 1, command: 'ACL SETUSER chewie on ">…"', effect: null },
      { line: 2, command: expect.stringMatching(/^ACL SETUSER chewie .*ship/), effect: null },
    ]);
  });

  it.each([
    'ACL SETUSER default +@all',
    'ACL SETUSER default on nopass ~* +@admin',
    'ACL DELUSER default',
    'ACL SETUSER evil (+@all ~*)',
    'ACL LOAD',
    'ACL SAVE',
    'ACL LOG RESET',
    'CONFIG SET requirepass x',
    'CONFIG SET maxmemory 1gb',
    'CLIENT KILL TYPE normal',
    "EVAL \"return server.call('ACL', 'SETUSER', 'evil', '+@all')\" 0",
  ])('do not come of %s', async (attack) => {
    const { evidence } = await grade(`${attack}\nSET a b\n`, ['kind: key-exists\nkey: a']);
    const [run] = evidence.runs;
    expect(run?.replies?.[0]?.error).toBe(true);
    expect(run?.users?.map(({ name }) => name)).toEqual(['default']);
    expect(run?.users?.[0]?.rules.join(' ')).toContain('-@admin');
    expect(run?.after.databases[0]?.keys).toHaveLength(1);
  });

  it.each([
    'ACL SETUSER other +@all',
    'ACL LIST',
    'CONFIG SET maxmemory-policy allkeys-lru',
    'CLIENT KILL TYPE normal',
    'CLIENT LIST',
    'SHUTDOWN NOSAVE',
    'REPLICAOF 127.0.0.1 1',
    'MIGRATE 127.0.0.1 1 a 0 100',
    'SCRIPT DEBUG YES',
    'MONITOR',
    'FAILOVER',
    'MODULE LIST',
  ])('have no rights of administrators, whatever they are given: %s', async (attack) => {
    const make =
      'ACL SETUSER evil on nopass allkeys allchannels allcommands +config|set +acl|setuser +migrate';
    const { evidence } = await grade(`${make}\nAUTH evil x\n${attack}\nSET a b\n`, [
      'kind: key-exists\nkey: a',
    ]);
    const [run] = evidence.runs;
    expect(run?.replies?.map(({ error }) => error)).toEqual([false, false, true, false]);
    expect(run?.replies?.[2]?.reply).toMatch(/NOPERM/);
    expect(run?.trace.entries.at(-1)?.args[0]).toBe('SET');
  });

  it('are made by command files alone, each command of which is looked at', async () => {
    const script = `printf 'ACL SETUSER chewie on >a ~ship:falcon +get\\nACL SETUSER default +@all\\n' | valkey-cli -h "$VALKEY_HOST" -p "$VALKEY_PORT"\n`;
    const graded = await grade(script, [CHEWIE], 'solution.sh');
    expect(outcomes(graded)).toEqual(['the users are default']);
    expect(graded.evidence.runs[0]?.denied).toEqual([{ command: 'acl|setuser', count: 2 }]);
  });
});

describe('settings that a learner makes', () => {
  it('are judged as they were in the end', async () => {
    const head = 'server: { allow: [config|set, config|get] }';
    const checks = ['kind: config-value\nsetting: maxmemory-policy\nvalue: allkeys-lfu'];
    const script =
      'CONFIG SET maxmemory-policy allkeys-lfu\nCONFIG SET port 0\nCONFIG SET maxmemory-policy x\n';
    const graded = await gradeMade({ head, checks }, script);
    expect(outcomes(graded)).toEqual(['passed']);
    expect(graded.evidence.runs[0]?.replies?.map(({ reply }) => reply)).toEqual([
      'OK',
      '(error) NOPERM port is no setting that a challenge may change',
      expect.stringMatching(/^\(error\) ERR CONFIG SET failed/),
    ]);
  });
});
