import { describe, expect, it } from 'vitest';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { PASS as PASSED } from '../finding.ts';
import { messagePublished } from './message-published.ts';

const channel = 'battle:alerts';
const alert = 'shots_fired 1250';

describe('message-published', () => {
  it.each([
    ['any message', { channel }, [[channel, 'whatever']]],
    ['a message on any channel', { message: alert }, [['news', alert]]],
    [
      'the very message among others',
      { channel, message: alert },
      [
        ['news', 'x'],
        [channel, 'y'],
        [channel, alert],
      ],
    ],
    ['a message that matches', { channel, message: { pattern: '^shots' } }, [[channel, alert]]],
    [
      'it so often and more',
      { channel, times: 2 },
      [
        [channel, 'a'],
        [channel, 'b'],
        [channel, 'c'],
      ],
    ],
    [
      'it so often',
      { channel, message: alert, exactly: 1 },
      [
        [channel, alert],
        [channel, 'other'],
      ],
    ],
    ['none, where there is nothing', { channel, none: true as const }, []],
    ['none, where it is on another channel', { channel, none: true as const }, [['news', alert]]],
    [
      'none, where it is another message',
      { channel, message: { not: alert }, none: true as const },
      [[channel, alert]],
    ],
  ] as const)('passes with %s', (_, parameters, messages) => {
    const published = messages.map(([name, text]): [string, string] => [name, text]);
    expect(judgeCheck(messagePublished, parameters, { messages: published })).toEqual(PASSED);
  });

  it('says that nothing was published', () => {
    const finding = {
      passed: false,
      expected: `a message on ${channel} that is "${alert}"`,
      actual: 'nothing was published',
    };
    expect(judgeCheck(messagePublished, { channel, message: alert }, {})).toEqual(finding);
    expect(judgeCheck(messagePublished, { channel, message: alert }, { messages: null })).toEqual(finding);
  });

  it('tells the difference of a message, and the commands that publish', () => {
    const finding = judgeCheck(
      messagePublished,
      { channel, message: alert },
      {
        messages: [[channel, `${alert} `]],
        commands: ['GET a', { run: `PUBLISH ${channel} "${alert} "`, lua: true }],
      },
    );
    expect(finding).toMatchObject({
      actual: `published there: "${alert} "`,
      difference: expect.stringContaining('space'),
      commands: [{ command: `PUBLISH ${channel} "${alert} "` }],
    });
  });

  it('tells on which channel a message went instead', () => {
    expect(judgeCheck(messagePublished, { channel }, { messages: [['battle:alert', alert]] })).toMatchObject({
      actual: `published on battle:alert instead: "${alert}"`,
    });
  });

  it('tells who gets what SPUBLISH sends', () => {
    const finding = judgeCheck(messagePublished, { channel }, { commands: [`SPUBLISH ${channel} x`] });
    expect(finding).toMatchObject({
      actual: 'SPUBLISH ran: only those who used SSUBSCRIBE get its messages',
    });
  });

  it('says how often a message came', () => {
    const twice = {
      messages: [
        [channel, alert],
        [channel, alert],
      ] as [string, string][],
    };
    expect(judgeCheck(messagePublished, { channel, exactly: 1 }, twice)).toMatchObject({
      expected: `a message on ${channel}, once`,
      actual: 'it was published 2 times',
    });
    expect(judgeCheck(messagePublished, { channel, times: 3 }, twice)).toMatchObject({
      expected: `a message on ${channel}, 3 times or more`,
      actual: 'it was published 2 times',
    });
  });

  it('says what is wanted in the words that are given', () => {
    const parameters = { message: { pattern: '^s' }, wanted: 'an alert about the shots' };
    expect(judgeCheck(messagePublished, parameters, { messages: [['news', 'x']] })).toMatchObject({
      expected: 'an alert about the shots',
      actual: 'published: "x"',
    });
    expect(judgeCheck(messagePublished, {}, {})).toMatchObject({ expected: 'a message' });
  });

  it('shows what should not have been published', () => {
    expect(
      judgeCheck(messagePublished, { channel, none: true }, { messages: [[channel, alert]] }),
    ).toMatchObject({ expected: `no message on ${channel}`, actual: `published: "${alert}"` });
  });

  it('claims nothing of messages that were not kept', () => {
    const cut = { messages: [[channel, alert]] as [string, string][], messagesCut: true as const };
    const unknown = {
      passed: false,
      actual: 'so many messages were published that not all of them were kept',
    };
    expect(judgeCheck(messagePublished, { channel, message: 'x' }, cut)).toMatchObject(unknown);
    expect(judgeCheck(messagePublished, { channel, exactly: 1 }, cut)).toMatchObject(unknown);
    expect(judgeCheck(messagePublished, { channel: 'x', none: true }, cut)).toMatchObject(unknown);
    expect(judgeCheck(messagePublished, { channel }, cut)).toEqual(PASSED);
    expect(judgeCheck(messagePublished, { channel, none: true }, cut)).toMatchObject({
      actual: `published: "${alert}"`,
    });
  });
});
