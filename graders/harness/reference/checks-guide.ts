import { parse } from 'yaml';
import type { Failure } from '../checks/finding.ts';
import { checkKind } from '../checks/kinds/index.ts';
import type { Schema } from '../document/schema.ts';
import { graderSchema } from '../grader/schema.ts';
import { makeView } from '../testing/evidence.ts';
import { CHECK_EXAMPLES, type CheckExample } from './examples/index.ts';
import { escapeMarkdown, type ObjectSchema, propertyTable } from './schema-in-words.ts';

interface KindSchema extends Schema {
  description: string;
  required: string[];
  properties: Record<string, Schema>;
  anyOf?: { required: string[] }[];
}

/** Properties of every check, which the guide tells once. */
const COMMON = ['id', 'title', 'points', 'needs', 'variant', 'hints'];

const TITLES: Record<string, string> = {
  matcher: 'Matchers',
  commandPattern: 'Command patterns',
  commandPatterns: 'Command patterns',
};

const CUSTOM_EXAMPLE = `Example, with the function in [README.md](README.md#checks-that-yaml-cannot-say):

\`\`\`yaml
kind: custom
function: fewCommands
\`\`\`

It fails with what the function gives back as \`expected\` and \`actual\`.`;

/** The reference of everything that a check may say, in Markdown: `graders/checks.md` is this, written out. */
export function checksGuide(): string {
  const schema = graderSchema() as {
    properties: { checks: { items: { oneOf: KindSchema[] } } };
    definitions: Record<string, Schema>;
  };
  const kinds = schema.properties.checks.items.oneOf;
  const [first] = kinds;
  const { matcher, commandPattern } = schema.definitions;
  if (!first || !matcher || !commandPattern) throw new Error('the schema of graders has changed its form');
  return `${[
    '# Checks',
    'Made by `npm run generate` from the code: do not edit it. How a grader is written is told in [README.md](README.md).',
    'Every check has a `kind` and these properties. Those with an asterisk must be there, here and below. What may be `true` or `false` is `false` where it is left out, unless something else is said.',
    table(first, COMMON),
    'Each kind has an example, the mistake of a script, and what the report says of it: that part is worked out by the check itself. The report adds the commands that matter, with their lines, and the first hint.',
    '## Kinds',
    kinds.map(kindLink).join('\n'),
    ...kinds.flatMap((kind) => kindSection(kind, commandPattern)),
    '## Matchers',
    `${matcher.description} A text or a number by itself means \`equals\`. Conditions:`,
    table({ properties: conditionsOf(matcher) }),
    '## Command patterns',
    'Which commands of the trace are meant. A command that holds all of what the pattern says matches, whatever else it holds. Where several patterns will do, they are the list `anyOf`.',
    table(commandPattern),
  ].join('\n\n')}\n`;
}

/** What a check says of the wrong script of its example. Throws Error where it finds nothing wrong. */
export function failureOf({ kind, yaml, seen, variant }: CheckExample): Failure {
  const finding = checkKind(kind)?.judge(parse(yaml) as never, makeView(seen, variant ?? null));
  if (!finding || finding.passed) throw new Error(`the example of ${kind} finds no mistake`);
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
  const example = CHECK_EXAMPLES.find((one) => one.kind === nameOf(kind));
  return [
    `### ${nameOf(kind)}`,
    escapeMarkdown(kind.description),
    ...(example ? [example.purpose] : []),
    ...(isPattern ? ['It is a [command pattern](#command-patterns) itself, and may have these beside:'] : []),
    table(kind, own),
    ...(kind.anyOf && !isPattern ? [atLeastOne(kind.anyOf.flatMap(({ required }) => required))] : []),
    example ? exampleSection(example) : CUSTOM_EXAMPLE,
  ];
}

function atLeastOne(names: readonly string[]): string {
  return `At least one of ${names.map((name) => `\`${name}\``).join(', ')} must be there.`;
}

function exampleSection(example: CheckExample): string {
  const { expected, actual, difference } = failureOf(example);
  const told = [
    ['expected', expected],
    ['found', actual],
    ...(difference === undefined ? [] : [['differs', difference]]),
  ].map(([label = '', text = '']) => `${label.padEnd(10)}${text.replaceAll('\n', `\n${' '.repeat(10)}`)}`);
  return [
    '```yaml',
    `kind: ${example.kind}`,
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
function commandsOf({ seen }: CheckExample): string {
  const commands = (seen.commands ?? []).map(
    (command) => `\`${typeof command === 'string' ? command : command.run}\``,
  );
  const printed = seen.stdout === undefined ? [] : [`prints \`${seen.stdout.trim().replaceAll('\n', '⏎')}\``];
  const all = [...commands, ...printed];
  return all.length === 0 ? '' : ` (${all.join(', ')})`;
}

function conditionsOf(matcher: Schema): Record<string, Schema> {
  const [, conditions] = matcher.anyOf as [Schema, { properties: Record<string, Schema> }];
  return conditions.properties;
}

function table(schema: ObjectSchema, names?: readonly string[]): string {
  return propertyTable(schema, definitionLink, names && [...names]);
}

function definitionLink(name: string): string {
  const title = TITLES[name] ?? name;
  return `[${title.toLowerCase().replace(/s$/, '')}](#${title.toLowerCase().replaceAll(' ', '-')})`;
}
