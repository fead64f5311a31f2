import type { Schema } from '../document/schema.ts';
import { graderSchema } from './schema.ts';

interface KindSchema extends Schema {
  description: string;
  required: string[];
  properties: Record<string, Schema>;
}

/** Properties of every check, which the guide tells once. */
const COMMON = ['id', 'title', 'points', 'needs', 'variant', 'hints'];

const TITLES: Record<string, string> = {
  matcher: 'Matchers',
  commandPattern: 'Command patterns',
  commandPatterns: 'Command patterns',
};

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
    'Every check has a `kind` and these properties. Those with an asterisk must be there, here and below.',
    table(first, COMMON),
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

function kindLink({ properties, description }: KindSchema): string {
  const kind = String(properties.kind?.const);
  const [sentence = ''] = /^.*?[.:](?= |$)/.exec(description) ?? [description];
  return `- [${kind}](#${kind}): ${escapeMarkdown(sentence.replace(/[.:]$/, ''))}`;
}

function kindSection(kind: KindSchema, pattern: Schema): string[] {
  const all = Object.keys(kind.properties).filter((name) => name !== 'kind' && !COMMON.includes(name));
  const patternNames = [...Object.keys(pattern.properties as object), 'anyOf'];
  const isPattern = patternNames.every((name) => all.includes(name));
  const own = isPattern ? all.filter((name) => !patternNames.includes(name)) : all;
  return [
    `### ${String(kind.properties.kind?.const)}`,
    escapeMarkdown(kind.description),
    ...(isPattern ? ['It is a [command pattern](#command-patterns) itself, and may have these beside:'] : []),
    table(kind, own),
  ];
}

function conditionsOf(matcher: Schema): Record<string, Schema> {
  const [, conditions] = matcher.anyOf as [Schema, { properties: Record<string, Schema> }];
  return conditions.properties;
}

interface ObjectSchema {
  properties?: Record<string, Schema>;
  required?: readonly string[];
}

/** The properties of an object as a table. */
function table(schema: ObjectSchema, names = Object.keys(schema.properties ?? {})): string {
  const rows = names.map((name) => {
    const property = schema.properties?.[name] ?? {};
    const mark = schema.required?.includes(name) ? '*' : '';
    return `| \`${name}\`${mark} | ${typeInWords(property)} | ${escapeMarkdown(String(property.description ?? ''))} |`;
  });
  return ['| property | value | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Text that Markdown shows as it is, in a table too. */
function escapeMarkdown(text: string): string {
  return text.replace(/[<|*_]/g, '\\$&');
}

function typeInWords(schema: Schema): string {
  const { type, $ref: reference, anyOf, items, enum: values, properties, additionalProperties } = schema;
  if (typeof reference === 'string') return definitionLink(reference);
  if ('const' in schema) return `\`${String(schema.const)}\``;
  if (Array.isArray(values)) return values.map((value) => `\`${String(value)}\``).join(', ');
  if (Array.isArray(anyOf)) return (anyOf as Schema[]).map(typeInWords).join('; or ');
  if (Array.isArray(type)) return type.map((one: string) => WORDS[one] ?? one).join(' or ');
  if (type === 'array') return `list: ${typeInWords(items as Schema)}`;
  if (type === 'object' && properties) {
    const parts = Object.entries(properties as Record<string, Schema>).map(
      ([name, part]) => `\`${name}\` (${part.description ?? typeInWords(part)})`,
    );
    return `object: ${parts.join(', ')}`;
  }
  if (type === 'object') return `object, by name: ${typeInWords(additionalProperties as Schema)}`;
  if (schema.format === 'regex') return 'regular expression';
  return WORDS[String(type)] ?? String(type);
}

const WORDS: Record<string, string> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: '`true` or `false`',
};

function definitionLink(reference: string): string {
  const name = reference.split('/').at(-1) ?? '';
  const title = TITLES[name] ?? name;
  return `[${title.toLowerCase().replace(/s$/, '')}](#${title.toLowerCase().replaceAll(' ', '-')})`;
}
