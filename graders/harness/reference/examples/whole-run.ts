import { hash, string, zset } from '../../testing/evidence.ts';
import type { CheckExample } from './example.ts';

/** Of TTLs, the whole keyspace, commands, messages and output. */
export const RUN_EXAMPLES: readonly CheckExample[] = [
  {
    kind: 'ttl',
    purpose: 'For keys that are to vanish by themselves, and are still there when the script ends.',
    yaml: 'key: session:han_solo\nseconds: 3600\ntolerance: 60',
    mistake: 'a zero too few',
    seen: {
      after: { 'session:han_solo': hash({ species: 'human' }, { ttl: 360 }) },
      commands: ['HSET session:han_solo species human', 'EXPIRE session:han_solo 360'],
    },
  },
  {
    kind: 'ttl-given',
    purpose: 'For TTLs so short that the key may be gone when the script ends.',
    yaml: 'key: fleet:endor\nmilliseconds: 300\ntolerance: 100',
    mistake: 'EX where PX was meant',
    seen: { after: { 'fleet:endor': string('7', { ttl: 300 }) }, commands: ['SET fleet:endor 7 EX 300'] },
  },
  {
    kind: 'only-keys',
    purpose: 'For helpers that were left behind and keys that were misspelt.',
    yaml: "keys: ['session:han_solo']\nsetup: true",
    mistake: 'a helper key is left',
    seen: {
      after: { 'session:han_solo': hash({ species: 'human' }), 'tmp:1': 'x' },
      commands: ['HSET session:han_solo species human', 'SET tmp:1 x'],
    },
  },
  {
    kind: 'unchanged',
    purpose: 'For what the script was to leave alone. Let it need a check of the work, or say notIdle.',
    yaml: "except: { 'basket:7': [apples] }",
    mistake: 'another basket was changed as well',
    seen: {
      before: { 'basket:7': hash({ apples: '2' }), 'basket:8': hash({ apples: '5' }) },
      after: { 'basket:7': hash({ apples: '3' }), 'basket:8': hash({ apples: '6' }) },
      commands: ['HINCRBY basket:7 apples 1', 'HINCRBY basket:8 apples 1'],
    },
  },
  {
    kind: 'command-ran',
    purpose: 'For reads, which leave nothing in the keyspace, and for the order of things.',
    yaml: "command: [HGET, HMGET, HGETALL]\nargs: ['basket:7']\nbefore: { command: [HINCRBY, HSET], args: ['basket:7'] }",
    mistake: 'nothing was read',
    seen: { commands: ['HSET basket:7 apples 5'] },
  },
  {
    kind: 'command-not-run',
    purpose: 'For commands that do harm, or that take the point out of a challenge.',
    yaml: 'command: KEYS',
    mistake: 'KEYS instead of SCAN',
    seen: { commands: ["KEYS 'session:*'"] },
  },
  {
    kind: 'call-replies',
    purpose:
      'For rate limiters and the like in Lua: they are called with other arguments than the learner’s.',
    yaml: 'variant: busy\nreplies:\n  - { call: 1, items: [1] }\n  - { call: 2, items: [0] }',
    mistake: 'the second call is let through, though the limit was reached',
    seen: {
      variants: {
        busy: {
          replies: [
            { line: 1, args: ['FCALL', 'allow', '1', 'fleet'], reply: '1) (integer) 1', error: false },
            { line: 2, args: ['FCALL', 'allow', '1', 'fleet'], reply: '1) (integer) 1', error: false },
          ],
        },
      },
    },
    variant: 'busy',
  },
  {
    kind: 'script-called',
    purpose: 'For one Lua script that takes its keys and arguments from outside.',
    yaml: "calls:\n  - { keys: ['battle:shots'], args: [1000] }\n  - { keys: ['battle:hits'], args: [1000] }",
    mistake: 'the second call is missing',
    seen: { commands: ["EVAL 'return 1' 1 battle:shots 1000"] },
  },
  {
    kind: 'message-published',
    purpose: 'For what is told to others and leaves no key behind.',
    yaml: "channel: alerts\nmessage: { pattern: '^speed ' }",
    mistake: 'another channel',
    seen: { messages: [['alert', 'speed 1200']], commands: ["PUBLISH alert 'speed 1200'"] },
  },
  {
    kind: 'output-contains',
    purpose: 'For texts that must come word for word. Where they are items of a list, take output-items.',
    yaml: 'texts: [Welcome]',
    mistake: 'another word',
    seen: { stdout: 'Hello, Han\n' },
  },
  {
    kind: 'output-matches',
    purpose: 'For output whose form is told and whose content is free.',
    yaml: "pattern: '^total: [0-9]+$'",
    mistake: 'another form',
    seen: { stdout: 'total = 12\n' },
  },
  {
    kind: 'output-items',
    purpose: 'For lists and numbers that the script was to find out; `from` works out the right ones.',
    yaml: "from: { keys: 'session:', type: hash }\nwithout: ['session:count']",
    mistake: 'one of two sessions was found',
    seen: {
      before: { 'session:han': hash({ id: '1' }), 'session:leia': hash({ id: '2' }), 'session:count': '2' },
      after: { 'session:han': hash({ id: '1' }), 'session:leia': hash({ id: '2' }), 'session:count': '2' },
      commands: ["SCAN 0 MATCH 'session:*' COUNT 1"],
      stdout: 'session:han\n',
    },
  },
  {
    kind: 'printed-neighbours',
    purpose: 'For “who stands next to me on the board”.',
    yaml: 'key: board\nmemberIn: pilot_in_question',
    mistake: 'only the one below was printed',
    seen: {
      before: { board: zset({ biggs: 70, wedge: 85, luke: 99 }), pilot_in_question: 'wedge' },
      after: { board: zset({ biggs: 70, wedge: 85, luke: 99 }), pilot_in_question: 'wedge' },
      commands: ['ZREVRANGE board 1 2 WITHSCORES'],
      stdout: 'wedge 85\nbiggs 70\n',
    },
  },
  {
    kind: 'exit-code',
    purpose:
      'For scripts that are to end well. Without it a script that ends badly after all was done loses nothing.',
    yaml: 'code: 0',
    mistake: 'the script ended with an error at its end',
    seen: {
      process: { exitCode: 1, stderr: { text: 'KeyError: credits\n', bytes: 18, cut: false } },
    },
  },
];
