import { parse } from 'yaml';
import type { Schema } from '../../graders/harness/base/document/schema.ts';
import { graderSchema } from '../../graders/harness/challenges/grader/schema.ts';
import type { AnyCheckKind } from '../../graders/harness/judging/checks/check-kind.ts';
import type { Failure } from '../../graders/harness/judging/checks/finding.ts';
import type { KindExample } from '../../graders/harness/judging/checks/kind-example.ts';
import { CHECK_KINDS } from '../../graders/harness/judging/checks/kinds/index.ts';
import type { ObjectSchema as ParameterSchema } from '../../graders/harness/judging/checks/parameters.ts';
import { exampleView } from './example-view.ts';
import { escapeMarkdown, type ObjectSchema, propertyTable } from './schema-in-words.ts';

interface KindSchema extends Schema, Pick<ParameterSchema<unknown>, 'anyOf' | 'dependencies'> {
  description: string;
  required: string[];
  properties: Record<string, Schema>;
}

/** Properties of every check, which the guide tells once. */
const COMMON = ['id', 'title', 'points', 'needs', 'variant', 'alsoIn', 'hints', 'and'];

const TITLES: Record<string, string> = {
  check: 'Kinds',
  matcher: 'Matchers',
  reply: 'Replies',
  commandPattern: 'Command patterns',
  commandPatterns: 'Command patterns',
  held: 'States of a key',
  state: 'States of a key',
};

const CUSTOM_EXAMPLE = `Example, with the function in [README.md](README.md#checks-that-yaml-cannot-say):

\`\`\`yaml
kind: custom
function: fewCommands
\`\`\`

It fails with what the function gives back as \`expected\` and \`actual\`.`;

/** The reference of everything that a check may say, in Markdown: `graders/checks.md` is this, written out. */
export function checksGuide(): string {
  const { properties, definitions } = graderSchema() as {
    properties: { checks: { items: { allOf: [unknown, { required: string[] }] } } };
    definitions: Record<string, Schema> & { check: { oneOf: KindSchema[] } };
  };
  const kinds = definitions.check.oneOf;
  const [first] = kinds;
  const { matcher, reply, commandPattern, held } = definitions;
  if (!first || !matcher || !reply || !commandPattern || !held)
    throw new Error('the schema of graders has changed its form');
  return `${[
    '# Checks',
    'Made by `npm run generate` from the code: do not edit it. How a grader is written is told in [README.md](README.md).',
    'Every check has a `kind` and these properties. Those with an asterisk must be there, here and below. What may be `true` or `false` is `false` where it is left out, unless something else is said.',
    table({ ...first, required: properties.checks.items.allOf[1].required }, COMMON),
    'Each kind has an example, the mistake of a script, and what the report says of it: that part is worked out by the check itself. The report adds the commands that matter, with their lines, and the first hint.',
    '## Kinds',
    kinds.map(kindLink).join('\n'),
    ...kinds.flatMap((kind) => kindSection(kind, commandPattern)),
    '## Matchers',
    `${matcher.description} A text or a number by itself means \`equals\`. Conditions:`,
    table({ properties: conditionsOf(matcher) }),
    '## Replies',
    `${reply.description} A value may be matched by all conditions of [matchers](#matchers), but for \`changed\` and \`increasedBy\`. Beside these:`,
    table({ properties: conditionsBeside(reply, matcher) }),
    '## Command patterns',
    'Which commands of the trace are meant. A command that holds all of what the pattern says matches, whatever else it holds. Where several patterns will do, they are the list `anyOf`.',
    table(commandPattern),
    '## States of a key',
    'What a key held at some time while the script ran, whichever commands brought it there. The replay of the trace tells it. All that is given must hold at once; a key alone must just be there.',
    table(held),
  ].join('\n\n')}\n`;
}

/** What a check says of the wrong script of its example. Throws Error where it finds nothing wrong. */
export function failureOf({ kind, example, bind }: AnyCheckKind): Failure {
  const check = bind(parse(example.yaml));
  const finding = check.judge(exampleView(example, check));
  if (finding.passed) throw new Error(`the example of ${kind} finds no mistake`);
  return finding;
}

function nameOf({ properties }: KindSchema): string {
  return String(properties.kind?.const);
}

function kindLink(kind: KindSchema): string {
  const name = nameOf(kind);
  const [sentence = ''] = /^.*?[.:](?= |$)/.exec(kind.description) ?? [kind.description];
  return `- [${name}](#${name}): ${escapeMarkdown(sentence.replace(/[.:]$/, ''))}`;
}

function kindSection(kind: KindSchema, pattern: Schema): string[] {
  const all = Object.keys(kind.properties).filter((name) => name !== 'kind' && !COMMON.includes(name));
  const patternNames = [...Object.keys(pattern.properties as object), 'anyOf'];
  const isPattern = patternNames.every((name) => all.includes(name));
  const own = isPattern ? all.filter((name) => !patternNames.includes(name)) : all;
  const known = CHECK_KINDS.find((one) => one.kind === nameOf(kind));
  return [
    `### ${nameOf(kind)}`,
    escapeMarkdown(kind.description),
    ...(known ? [known.example.purpose] : []),
    ...(isPattern ? ['It is a [command pattern](#command-patterns) itself, and may have these beside:'] : []),
    table(kind, own),
    ...(isPattern ? [] : rulesInWords(kind)),
    known ? exampleSection(known) : CUSTOM_EXAMPLE,
  ];
}

/** Which of the optional properties must be there, and which cannot be: a paragraph, or none. */
function rulesInWords({ anyOf = [], dependencies = {} }: KindSchema): string[] {
  const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``);
  const needed = anyOf.map(({ required }) => quoted(required).join(' with '));
  const rules = [
    ...(needed.length > 0 ? [`At least one of ${needed.join(', ')} must be there.`] : []),
    ...Object.entries(dependencies).flatMap(([name, { properties }]) =>
      Object.keys(properties).map((other) => `\`${name}\` and \`${other}\` cannot both be there.`),
    ),
  ];
  return rules.length === 0 ? [] : [rules.join(' ')];
}

function exampleSection(kind: AnyCheckKind): string {
  const { example } = kind;
  const { expected, actual, difference } = failureOf(kind);
  const told = [
    ['expected', expected],
    ['found', actual],
    ...(difference === undefined ? [] : [['differs', difference]]),
  ].map(([label = '', text = '']) => `${label.padEnd(10)}${text.replaceAll('\n', `\n${' '.repeat(10)}`)}`);
  return [
    '```yaml',
    `kind: ${kind.kind}`,
    example.yaml,
    '```',
    '',
    `Mistake: ${example.mistake}${commandsOf(example)}. The report says:`,
    '',
    '```text',
    ...told,
    '```',
  ].join('\n');
}

/** What the wrong script ran, and what it printed, where the example shows it. */
function commandsOf({ seen }: KindExample): string {
  const commands = (seen.commands ?? []).map((command) => `\`${command}\``);
  const printed = seen.stdout === undefined ? [] : [`prints \`${seen.stdout.trim().replaceAll('\n', '⏎')}\``];
  const all = [...commands, ...printed];
  return all.length === 0 ? '' : ` (${all.join(', ')})`;
}

function conditionsOf(matcher: Schema): Record<string, Schema> {
  const object = (matcher.anyOf as Schema[]).find(({ type }) => type === 'object');
  return (object?.properties ?? {}) as Record<string, Schema>;
}

function conditionsBeside(one: Schema, other: Schema): Record<string, Schema> {
  const known = conditionsOf(other);
  return Object.fromEntries(Object.entries(conditionsOf(one)).filter(([name]) => !(name in known)));
}

function table(schema: ObjectSchema, names?: readonly string[]): string {
  return propertyTable(schema, definitionLink, names && [...names]);
}

function definitionLink(name: string): string {
  const title = TITLES[name] ?? name;
  return `[${title.toLowerCase().replace(/ies$/, 'y').replace(/s$/, '')}](#${title.toLowerCase().replaceAll(' ', '-')})`;
}
