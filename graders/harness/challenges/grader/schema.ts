import { documentSchema, type Schema } from '../../base/document/schema.ts';
import type { AnyCheckKind } from '../../judging/checks/check-kind.ts';
import {
  COMMAND_PATTERN_DEFINITION,
  COMMAND_PATTERNS_DEFINITION,
} from '../../judging/checks/command-pattern.ts';
import { HELD_DEFINITION, STATE_DEFINITION } from '../../judging/checks/held.ts';
import { CHECK_KINDS } from '../../judging/checks/kinds/index.ts';
import { callOf } from '../../judging/checks/kinds/script-called.ts';
import { MATCHER_DEFINITION } from '../../judging/checks/matcher.ts';
import { object, text, textOrNumber } from '../../judging/checks/parameters.ts';
import { REPLY_DEFINITION } from '../../judging/checks/reply-pattern.ts';
import { languageIds } from '../../recording/submission/languages.ts';

const slug: Schema = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' };
const line: Schema = { type: 'string', minLength: 1, pattern: '\\S' };

const setup: Schema = {
  type: 'array',
  items: line,
  description: 'Commands that the grader runs before the script, as one types them in valkey-cli.',
};

const minVersion: Schema = {
  type: 'string',
  pattern: '^\\d+\\.\\d+$',
  description:
    "The least version of Valkey that the challenge can be graded on: '8.1'. In quotes, or 8.10 is 8.1.",
};

const server: Schema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  description: 'What its server is like beside those of other challenges.',
  properties: {
    config: {
      type: 'object',
      additionalProperties: { type: ['string', 'number'] },
      description: 'Settings that the grader makes before the set-up, as CONFIG SET takes them.',
    },
    allow: {
      type: 'array',
      items: line,
      uniqueItems: true,
      description:
        'Commands that learners may run here, though not elsewhere: `config|get`. Those that change users or settings only a command file may hold: the grader looks at each, and sends it.',
    },
    image: {
      type: 'string',
      pattern: '^[\\w./:@-]+$',
      description:
        'The image of its server, such as `valkey/valkey-bundle:8.1` for one with modules: then only Docker can grade it.',
    },
    minVersion: { ...minVersion, description: 'As `minVersion` beside `points`.' },
  },
};

const calls: Schema = {
  type: 'object',
  additionalProperties: false,
  required: ['calledOn', 'with'],
  description:
    "Calls of the Lua script or function that the learner's script called in the main run: they are made instead of running the script.",
  properties: {
    calledOn: { ...line, description: 'The first key of the call by which the Lua script is found.' },
    with: {
      type: 'array',
      minItems: 1,
      description: 'The calls, in order.',
      items: callOf(textOrNumber()),
    },
  },
};

const sentences: Schema = {
  type: 'object',
  description:
    'By how they begin, the sentences of the instructions that say what to do and what must hold, and the check that holds each, or several. An empty list is for one that asks for nothing. `lint --coverage` names those that are left out.',
  additionalProperties: { oneOf: [slug, { type: 'array', items: slug, uniqueItems: true }] },
};

const COMMON: Record<string, Schema> = {
  id: { ...slug, description: 'Unique in this grader; reports and fixtures name it.' },
  title: { ...line, description: 'What holds when the check passes, in one line for the learner.' },
  points: { type: 'number', exclusiveMinimum: 0, description: 'What it is worth when it passes.' },
  needs: {
    type: 'array',
    items: slug,
    uniqueItems: true,
    description: 'Checks that must have passed before this one is judged.',
  },
  variant: { ...slug, description: 'The variant whose run is judged; the main run where it is left out.' },
  alsoIn: {
    type: 'array',
    items: slug,
    uniqueItems: true,
    description: 'Variants in whose runs it must hold, too, for what must hold whatever the data.',
  },
  hints: {
    type: 'array',
    items: line,
    minItems: 1,
    description: 'Steps, from a nudge to nearly the answer.',
  },
  and: {
    type: 'array',
    minItems: 1,
    description: 'What must hold, too, for the check to pass: each a kind with its parameters.',
    items: { $ref: '#/definitions/check' },
  },
};

/** What every check must have. */
const REQUIRED = ['id', 'title', 'points', 'hints'];

const CUSTOM = {
  kind: 'custom',
  description: 'A function of the challenge’s own: exported by name in `checks` of <challenge>.checks.ts.',
  parameters: object({ function: text({ minLength: 1, description: 'Its name.' }) }),
};

/** The JSON Schema of grader files: `graders/grader.schema.json` is this, written out for editors. */
export function graderSchema(): Schema {
  return documentSchema('Grader of a challenge', {
    type: 'object',
    additionalProperties: false,
    required: ['title', 'points', 'checks'],
    properties: {
      title: { ...line, description: "The challenge's title." },
      points: { type: 'number', exclusiveMinimum: 0, description: "The sum of the checks' points." },
      minVersion,
      server,
      setup,
      variants: {
        type: 'array',
        description: 'Other set-up data under which the script is run again, each in a fresh server.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['id', 'title', 'setup'],
          properties: {
            id: slug,
            title: line,
            setup,
            calls,
            exceptLanguages: {
              type: 'array',
              items: { enum: languageIds() },
              description: 'Languages the variant is not for; their checks are judged on the main run.',
            },
          },
        },
      },
      checks: {
        type: 'array',
        minItems: 1,
        items: { allOf: [{ $ref: '#/definitions/check' }, { required: REQUIRED }] },
      },
      sentences,
    },
    definitions: {
      // A condition among `and`, too, which has nothing beside its parameters: references.ts sees to that.
      check: {
        type: 'object',
        required: ['kind'],
        discriminator: { propertyName: 'kind' },
        oneOf: [...CHECK_KINDS, CUSTOM].map(kindSchema),
      },
      matcher: MATCHER_DEFINITION,
      reply: REPLY_DEFINITION,
      commandPattern: COMMAND_PATTERN_DEFINITION,
      commandPatterns: COMMAND_PATTERNS_DEFINITION,
      held: HELD_DEFINITION,
      state: STATE_DEFINITION,
    },
  });
}

function kindSchema({
  kind,
  description,
  parameters,
}: Pick<AnyCheckKind, 'kind' | 'description' | 'parameters'>): Schema {
  const { type, required = [], properties, additionalProperties, ...rules } = parameters;
  return {
    description,
    additionalProperties,
    required,
    properties: { kind: { const: kind, description }, ...COMMON, ...properties },
    ...rules,
  };
}
