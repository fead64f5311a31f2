import type { Schema } from '../../graders/harness/base/document/schema.ts';

/** The Markdown link to where a definition of the schema is told. */
export type DefinitionLink = (name: string) => string;

export interface ObjectSchema {
  properties?: Record<string, Schema>;
  required?: readonly string[];
}

/** The properties of an object as a Markdown table; an asterisk marks those that must be there. */
export function propertyTable(
  schema: ObjectSchema,
  link: DefinitionLink,
  names = Object.keys(schema.properties ?? {}),
): string {
  const rows = names.map((name) => {
    const property = schema.properties?.[name] ?? {};
    const mark = schema.required?.includes(name) ? '*' : '';
    return `| \`${name}\`${mark} | ${typeInWords(property, link)} | ${escapeMarkdown(String(property.description ?? ''))} |`;
  });
  return ['| property | value | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Text that Markdown shows as it is, in a table too. What stands between backticks is left alone. */
export function escapeMarkdown(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part.replaceAll('|', '\\|') : part.replace(/[<|*_]/g, '\\$&')))
    .join('');
}

/** What a value of a schema may be, in words. */
export function typeInWords(schema: Schema, link: DefinitionLink): string {
  const words = (part: unknown) => typeInWords(part as Schema, link);
  const { type, $ref: reference, anyOf, items, enum: values, properties, additionalProperties } = schema;
  if (typeof reference === 'string') return link(reference.split('/').at(-1) ?? '');
  if ('const' in schema) return `\`${String(schema.const)}\``;
  if (Array.isArray(values)) return values.map((value) => `\`${String(value)}\``).join(', ');
  // Before `anyOf`, which then says which of them must be there.
  if (type === 'object' && properties) {
    const parts = Object.entries(properties as Record<string, Schema>).map(
      ([name, part]) => `\`${name}\` (${part.description ?? words(part)})`,
    );
    return `object: ${parts.join(', ')}`;
  }
  if (Array.isArray(anyOf)) return anyOf.map(words).join('; or ');
  if (Array.isArray(type)) return type.map((one: string) => WORDS[one] ?? one).join(' or ');
  if (type === 'array' && schema.maxItems !== undefined)
    return `list of ${String(schema.maxItems)}: ${words(items)}`;
  if (type === 'array') return `list: ${words(items)}`;
  if (type === 'object') return `object, by name: ${words(additionalProperties)}`;
  if (schema.format === 'regex') return 'regular expression';
  if (schema.format === 'date-time') return 'time, ISO 8601';
  if (type === 'integer' && schema.minimum === 1) return 'whole number, from 1';
  return type === undefined ? 'anything' : (WORDS[String(type)] ?? String(type));
}

const WORDS: Record<string, string> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: '`true` or `false`',
  null: '`null`',
};
