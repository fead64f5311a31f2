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

const output = object({
  text: { ...string, description: 'The head and the tail, with a note between them, where it was cut.' },
  bytes: { ...count, description: 'How many bytes were written in all.' },
  cut: { type: 'boolean' },
});

/** Where a submission was graded: reports have it too. */
export const environmentSchema = object({
  engine: { enum: ['docker', 'local'] },
  sandbox: { enum: ['process', 'container'] },
  image: { ...nullable(string), description: 'The image that was asked for; null for the local engine.' },
  server: object({ name: string, version: string }),
});

const messages: Schema = {
  ...object({ entries: list(object({ channel: value, message: value })), cut: { type: 'boolean' } }),
  description:
    'What a subscriber to all channels got; `cut` where there was more. Not there in evidence of before it was recorded.',
};

const run = object(
  {
    variant: { ...nullable(string), description: 'Null for the main run.' },
    clock: object({
      serverStart: { ...count, description: "Unix time in ms by the server's clock." },
      serverEnd: { ...count, description: "Unix time in ms by the server's clock." },
      elapsedMs: { ...count, description: 'By the clock of the grader.' },
    }),
    before: ref('keyspace'),
    after: ref('keyspace'),
    trace: object({
      entries: list(
        object({
          at: { ...count, description: "Unix time in µs by the server's clock." },
          db: count,
          source: { ...string, description: '`lua` for a command that a script ran, else the client.' },
          args: list(value),
          line: { ...nullable({ type: 'integer', minimum: 1 }), description: 'Its line in a command file.' },
        }),
      ),
      total: {
        ...count,
        description: 'How many commands there were: more than are listed where it was cut.',
      },
    }),
    denied: list(object({ command: string, count })),
    process: object({
      ended: { enum: ['exited', 'timed out', 'out of memory', 'too many processes', 'not started'] },
      exitCode: nullable({ type: 'integer' }),
      signal: nullable(string),
      timeLimitMs: count,
      stdout: output,
      stderr: output,
    }),
    lost: {
      ...nullable({ enum: ['endless Lua script', 'out of memory', 'busy'] }),
      description: 'What the script did to the server so that its keyspace could not be read.',
    },
    replies: nullable(
      list(
        object({
          line: { type: 'integer', minimum: 1 },
          args: list(value),
          reply: string,
          error: { type: 'boolean' },
        }),
      ),
    ),
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
        challenge: string,
        environment: environmentSchema,
        script: object({ name: string, language: string, text: nullable(string) }),
        runs: { ...list(run), minItems: 1 },
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
            index: count,
            size: { ...count, description: 'How many keys it holds: more than are listed where it was cut.' },
            keys: list(ref('key')),
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
          key('zset', { size: count, members: list(object({ member: value, score: string })) }),
          key('hash', { size: count, fields: list(object({ field: value, value })) }),
          key('other', { name: string }),
        ],
      },
    },
  });
}
