import { describe, expect, it } from 'vitest';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { judgeReplayed } from '../../../testing/judge-replayed.ts';
import { stream } from '../../../testing/made-stream.ts';
import { useServer } from '../../../testing/server.ts';
import { streamEntries } from './stream-entries.ts';
import { streamGroup } from './stream-group.ts';

const server = useServer();
const PASSED = { passed: true };

describe('stream-entries', () => {
  const HOTH = { from: 'hoth', text: 'help' };
  const judge = (parameters: object, commands: string[], setup: string[] = []) =>
    judgeReplayed(server, { kind: 'stream-entries', key: 's', ...parameters }, setup, commands);

  it('passes for the entries, whatever their ids', async () => {
    const entries = [{ fields: HOTH }, { fields: { from: 'endor' } }];
    const commands = ['XADD s * text help from hoth', 'XADD s * from endor'];
    expect(await judge({ entries }, commands)).toEqual(PASSED);
    expect(await judge({ entries }, commands.toReversed())).toMatchObject({
      passed: false,
      expected: '1) from = "hoth", text = "help"\n2) from = "endor"',
      actual: expect.stringMatching(/^1\) \d+-0 from endor\n2\) /),
    });
  });

  it.each<[string, string[]]>([
    ['one too many', ['XADD s * from hoth', 'XADD s * from hoth']],
    ['one field too many', ['XADD s * from hoth text help']],
    ['another field', ['XADD s * From hoth']],
    ['another value', ['XADD s * from Hoth']],
    ['another id', ['XADD s 6-1 from hoth']],
    ['none', ['XADD s 5-1 from hoth', 'XTRIM s MAXLEN 0']],
    ['no stream', ['HSET s from hoth']],
    ['no such key', ['XADD S 5-1 from hoth']],
  ])('fails for %s', async (_, commands) => {
    const entries = [{ id: '5-1', fields: { from: 'hoth' } }];
    expect(await judge({ entries }, commands)).toMatchObject({ passed: false });
    expect(await judge({ entries }, ['XADD s 5-1 from hoth'])).toEqual(PASSED);
  });

  it('counts entries, and those that were ever added', async () => {
    const commands = Array.from({ length: 5 }, (_, index) => `XADD s MAXLEN = 3 * n ${index}`);
    expect(await judge({ count: 3, added: 5 }, commands)).toEqual(PASSED);
    expect(await judge({ count: { atMost: 2 } }, commands)).toMatchObject({
      expected: 'up to 2 entries',
      actual: '3 entries',
    });
    expect(await judge({ added: { atLeast: 6 } }, commands)).toMatchObject({
      expected: '6 or more entries ever added',
      actual: '5 added',
    });
  });

  it('asks each entry for its fields', async () => {
    const each = { n: { pattern: '^\\d+$' } };
    expect(await judge({ each }, ['XADD s * n 1', 'XADD s * n 2'])).toEqual(PASSED);
    expect(await judge({ each }, ['XADD s * n 1', 'XADD s 1-0 n 2', 'XADD s * n x'])).toMatchObject({
      passed: false,
      actual: expect.stringMatching(/-\d+ n x$/),
    });
  });

  it('takes no entry for granted that was not read', () => {
    const after = { s: stream({ '1-0': { n: '1' } }, {}, { size: 2 }) };
    expect(
      judgeCheck(streamEntries, { key: 's', entries: [{ fields: { n: '1' } }] }, { after }),
    ).toMatchObject({ passed: false });
    expect(judgeCheck(streamEntries, { key: 's', each: { n: '1' } }, { after })).toMatchObject({
      passed: false,
      actual: 'more entries than are kept',
    });
  });
});

describe('stream-group', () => {
  const after = {
    s: stream(
      { '1-0': { n: '1' }, '2-0': { n: '2' } },
      { readers: { last: '2-0', pending: { '2-0': 'luke' } }, late: { last: '1-0' }, idle: {} },
    ),
  };
  const judge = (parameters: object, group = 'readers') =>
    judgeCheck(streamGroup, { key: 's', group, ...parameters }, { after });

  it.each<[string, object, string?]>([
    ['that it is there', { there: true }, 'idle'],
    ['what was delivered last', { lastDelivered: '0-0' }, 'idle'],
    ['that it has read all', { upToDate: true }],
    ['how many entries are pending', { pending: 1 }],
    ['bounds of how many', { pending: { atMost: 1 } }],
    ['which these are', { pendingEntries: [{ id: '2-0', consumer: 'luke', deliveries: 1 }] }],
    ['that there are none', { pendingEntries: [] }, 'late'],
    ['its consumers', { consumers: ['luke'] }],
  ])('passes for %s', (_, parameters, group) => {
    expect(judge(parameters, group)).toEqual(PASSED);
  });

  it.each<[string, object, string, string, string]>([
    [
      'no such group',
      { there: true },
      'Readers',
      'a consumer group Readers',
      'no such group, but readers, late and idle',
    ],
    ['another id', { lastDelivered: '2-0' }, 'late', 'delivered up to "2-0"', 'delivered up to 1-0'],
    ['nothing read', { upToDate: true }, 'idle', 'delivered up to the last entry, 2-0', 'nothing delivered'],
    [
      'a pending entry',
      { pending: 0 },
      'readers',
      '0 pending',
      '1 pending:\n1) 2-0 with luke, delivered 1 time',
    ],
    [
      'another consumer',
      { pendingEntries: [{ consumer: 'leia' }] },
      'readers',
      '1) any entry, with "leia"',
      '1 pending:\n1) 2-0 with luke, delivered 1 time',
    ],
    [
      'other deliveries',
      { pendingEntries: [{ deliveries: 2 }] },
      'readers',
      '1) any entry, delivered 2 times',
      '1 pending:\n1) 2-0 with luke, delivered 1 time',
    ],
    ['no consumer', { consumers: ['leia'] }, 'readers', 'the consumers leia', 'luke'],
  ])('fails for %s', (_, parameters, group, expected, actual) => {
    expect(judge(parameters, group)).toMatchObject({ passed: false, expected, actual });
  });
});

describe('entries-acknowledged', () => {
  const SETUP = ['XADD s 1-0 n 1', 'XADD s 2-0 n 2', 'XGROUP CREATE s readers 0'];
  const judge = (commands: string[], more: object = {}, setup = SETUP) =>
    judgeReplayed(
      server,
      { kind: 'entries-acknowledged', key: 's', group: 'readers', ...more },
      setup,
      commands,
    );
  const READ = 'XREADGROUP GROUP readers luke COUNT 1 STREAMS s >';

  it.each<[string, string[]]>([
    ['one after the other', [READ, 'XACK s readers 1-0', READ, 'XACK s readers 2-0']],
    [
      'by several consumers',
      [READ, '2> XREADGROUP GROUP readers leia STREAMS s >', 'XACK s readers 2-0 1-0'],
    ],
    ['in a transaction', ['MULTI', READ, 'XACK s readers 1-0', 'EXEC', READ, 'XACK s readers 2-0']],
    ['and deleted', [READ, READ, 'XACK s readers 1-0 2-0', 'XDEL s 1-0']],
  ])('passes for entries handled %s', async (_, commands) => {
    expect(await judge(commands)).toEqual(PASSED);
  });

  it.each<[string, string[], string]>([
    ['not delivered', [READ, 'XACK s readers 1-0'], '1 entry not delivered: 2-0'],
    ['not acknowledged', [READ, READ, 'XACK s readers 1-0'], '1 entry not acknowledged: 2-0'],
    ['skipped', ['XGROUP SETID s readers 2-0'], '2 entries never with a consumer: 1-0 and 2-0'],
    [
      'delivered again',
      [READ, READ, 'XCLAIM s readers leia 0 1-0', 'XACK s readers 1-0 2-0'],
      '1-0 delivered 2 times',
    ],
    ['without a group', ['XGROUP DESTROY s readers'], 'a stream without groups'],
  ])('fails for entries %s', async (_, commands, actual) => {
    expect(await judge(commands)).toMatchObject({ passed: false, actual });
  });

  it('lets an entry be recovered where it may be', async () => {
    const commands = [READ, 'XAUTOCLAIM s readers luke 0 0', READ, 'XACK s readers 1-0 2-0'];
    expect(
      await judge(commands, { deliveries: 2 }, [
        ...SETUP,
        'XREADGROUP GROUP readers dead COUNT 1 STREAMS s >',
      ]),
    ).toMatchObject({ passed: true });
  });
});
