import {
  count,
  documentSchema,
  list,
  nullable,
  object,
  ref,
  type Schema,
  string,
} from '../document/schema.ts';
import { EVIDENCE_VERSION } from './evidence.ts';

const base64 = object({ base64: { ...string, description: 'Bytes that are not UTF-8.' } });
const value = ref('value');

/** A key of one type: what all keys have, and the content of that type. */
function key(type: string, content: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema {
  const expireAt = { ...nullable({ type: 'integer' }), description: 'Unix time in ms; null for no expiry.' };
  return object({ key: ref('bytes'), expireAt, type: { const: type }, ...content }, optional);
}

const hyperloglog: Schema = {
  ...count,
  description: 'What PFCOUNT says of it. Only there for a string that is a HyperLogLog.',
};

/** Text with a word on what it is. */
const told = (description: string): Schema => ({ ...string, description });

const output = object({
  text: { ...string, description: 'The head and the tail, with a note between them, where it was cut.' },
  bytes: { ...count, description: 'How many bytes were written in all.' },
  cut: { type: 'boolean', description: 'True where `text` is not all of it.' },
});

/** Where a submission was graded: reports have it too. */
export const environmentSchema = object({
  engine: { enum: ['docker', 'local'], description: 'Where the server ran.' },
  sandbox: { enum: ['process', 'container'], description: 'How far the script was kept from the machine.' },
  image: { ...nullable(string), description: 'The image that was asked for; null for the local engine.' },
  server: {
    ...object({ name: told('`valkey`, or `redis`.'), version: told('Such as `8.1.1`.') }),
    description: 'What the server calls itself.',
  },
});

const messages: Schema = {
  ...object({
    entries: list(object({ channel: value, message: value })),
    cut: { type: 'boolean', description: 'True where more were published than are listed.' },
  }),
  description:
    'What a subscriber to all channels got; `cut` where there was more. Not there in evidence of before it was recorded.',
};

const leftOut: Schema = {
  ...object({
    commands: {
      type: 'object',
      additionalProperties: count,
      description: 'How many commands are not listed, by their names.',
    },
    lua: { ...count, description: 'How many of these Lua scripts ran.' },
    asked: {
      type: 'object',
      additionalProperties: { enum: ['all', 'repeats', 'ends'] },
      description:
        'What the grader asked of the trace, and what is listed of it: all; all but unchanged turns of a loop; the first and the last.',
    },
  }),
  description: 'Only there where commands between the first and the last ones were left out.',
};

const run = object(
  {
    variant: { ...nullable(string), description: 'Null for the main run.' },
    clock: {
      description: 'When the script ran.',
      ...object({
        serverStart: { ...count, description: "Unix time in ms by the server's clock." },
        serverEnd: { ...count, description: "Unix time in ms by the server's clock." },
        elapsedMs: { ...count, description: 'How long it ran, by the clock of the grader.' },
      }),
    },
    before: { ...ref('keyspace'), description: 'After the set-up and before the script.' },
    after: { ...ref('keyspace'), description: 'After the script, when its connections were closed.' },
    trace: {
      description: 'The commands that the script ran, in the order in which the server ran them.',
      ...object(
        {
          entries: list(
            object(
              {
                at: { ...count, description: "Unix time in µs by the server's clock." },
                db: { ...count, description: 'The database.' },
                source: { ...string, description: '`lua` for a command that a script ran, else the client.' },
                args: { ...list(value), description: 'The name of the command and its arguments.' },
                line: {
                  ...nullable({ type: 'integer', minimum: 1 }),
                  description: 'Its line in a command file.',
                },
              },
              { skipped: { ...count, description: 'How many ran right before it that are not listed.' } },
            ),
          ),
          total: {
            ...count,
            description: 'How many commands there were: more than are listed where some were left out.',
          },
        },
        { leftOut },
      ),
    },
    denied: {
      ...list(
        object({
          command: told('As ACL LOG names it, such as `config|set`.'),
          count: { ...count, description: 'How often.' },
        }),
      ),
      description: 'Commands that the access rules refused.',
    },
    process: {
      description: "How the script's process went.",
      ...object({
        ended: {
          enum: ['exited', 'timed out', 'out of memory', 'too many processes', 'not started'],
          description: '`exited`: by itself. `not started`: the system refused to start it.',
        },
        exitCode: { ...nullable({ type: 'integer' }), description: 'Null where a signal ended it.' },
        signal: { ...nullable(string), description: 'Such as `SIGKILL`; null for none.' },
        timeLimitMs: { ...count, description: 'How long it might have run.' },
        stdout: { ...output, description: 'What it printed.' },
        stderr: { ...output, description: 'What it printed as complaints.' },
      }),
    },
    lost: {
      ...nullable({ enum: ['endless Lua script', 'out of memory', 'busy'] }),
      description: 'What the script did to the server so that its keyspace could not be read.',
    },
    replies: {
      ...nullable(
        list(
          object({
            line: { type: 'integer', minimum: 1, description: 'Its line in the command file.' },
            args: { ...list(value), description: 'The name of the command and its arguments.' },
            reply: told('As valkey-cli prints it.'),
            error: { type: 'boolean', description: 'True where the server answered with an error.' },
          }),
        ),
      ),
      description: 'What each command of a command file answered; null for the other languages.',
    },
  },
  { messages },
);

const hints: Schema = {
  type: 'object',
  additionalProperties: count,
  description: 'How many hints beyond the first were taken, by check. Only there where they cost points.',
};

/** The JSON Schema of evidence documents: `graders/evidence.schema.json` is this, written out. */
export function evidenceSchema(): Schema {
  return documentSchema('Evidence of one submission', {
    ...object(
      {
        version: { const: EVIDENCE_VERSION },
        challenge: told('`<mission>/<challenge>`.'),
        environment: { ...environmentSchema, description: 'Where it was graded.' },
        script: {
          ...object({
            name: told("The file's name, without a folder."),
            language: told('Such as `command-file` or `python`.'),
            text: { ...nullable(string), description: 'Null where it is not text, or too long to keep.' },
          }),
          description: 'The script as it was run.',
        },
        runs: {
          ...list(run),
          minItems: 1,
          description: 'The main run, then one for each variant, each in a server of its own.',
        },
      },
      { hints },
    ),
    definitions: {
      bytes: { anyOf: [string, base64] },
      value: {
        description: 'Text, or bytes in base64, or the head of what was too long to keep.',
        anyOf: [string, base64, object({ head: ref('bytes'), length: count })],
      },
      keyspace: object({
        databases: list(
          object({
            index: { ...count, description: 'Its number.' },
            size: { ...count, description: 'How many keys it holds: more than are listed where it was cut.' },
            keys: { ...list(ref('key')), description: 'Ordered by the bytes of their names.' },
          }),
        ),
      }),
      key: {
        type: 'object',
        required: ['type'],
        discriminator: { propertyName: 'type' },
        oneOf: [
          key('string', { size: count, value }, { hyperloglog }),
          key('list', { size: count, items: list(value) }),
          key('set', { size: count, members: list(value) }),
          key('zset', {
            size: count,
            members: list(object({ member: value, score: told('As the server writes it.') })),
          }),
          key('hash', { size: count, fields: list(object({ field: value, value })) }),
          key('other', { name: told('The type as TYPE names it, such as `stream`.') }),
        ],
      },
    },
  });
}
