import type { Schema } from '../../graders/harness/base/document/schema.ts';
import { escapeMarkdown, typeInWords } from './schema-in-words.ts';

/** Where another format is told, by the place in the schema at which it stands: it is linked, not repeated. */
export type ToldElsewhere = Readonly<Record<string, string>>;

interface Place {
  /** Such as `runs[].clock`. */
  path: string;
  schema: Schema;
}

/**
 * A document's format as Markdown: a table for the document, one for each object in it, and one for each
 * definition, under headings with so many signs. `name` is what the document is called.
 */
export function formatTables(
  schema: Schema,
  name: string,
  level: number,
  elsewhere: ToldElsewhere = {},
): string {
  const heading = (text: string) => `${'#'.repeat(level)} ${text}`;
  const definitions = Object.entries((schema.definitions ?? {}) as Record<string, Schema>);
  const places = [{ path: '', schema }, ...definitions.map(([path, schema]) => ({ path, schema }))].flatMap(
    (place) => withObjectsInside(place, elsewhere),
  );
  return places
    .map(
      ({ path, schema }) =>
        `${heading(path === '' ? name : `\`${path}\``)}\n\n${section(path, schema, elsewhere)}`,
    )
    .join('\n\n');
}

/** A place, and those in it that have a table of their own, in the order of the text. */
function withObjectsInside(place: Place, elsewhere: ToldElsewhere): Place[] {
  const inside = childrenOf(place).flatMap((child) =>
    withoutNull(child.schema).flatMap((schema) => tablesWithin({ ...child, schema }, elsewhere)),
  );
  return [place, ...inside];
}

function tablesWithin({ path, schema }: Place, elsewhere: ToldElsewhere): Place[] {
  if (path in elsewhere) return [];
  if (schema.items) {
    return withoutNull(schema.items as Schema).flatMap((items) =>
      tablesWithin({ path: `${path}[]`, schema: items }, elsewhere),
    );
  }
  return isObject(schema) && !isSmall(schema) ? withObjectsInside({ path, schema }, elsewhere) : [];
}

function childrenOf({ path, schema }: Place): Place[] {
  const within = (name: string) => (path === '' ? name : `${path}.${name}`);
  return Object.entries(propertiesOf(schema)).map(([name, child]) => ({ path: within(name), schema: child }));
}

function section(path: string, schema: Schema, elsewhere: ToldElsewhere): string {
  const told = schema.description && path !== '' && !isObject(schema) ? `${schema.description} ` : '';
  if (Array.isArray(schema.oneOf)) return variantsTable(schema.oneOf as Schema[], elsewhere);
  if (!isObject(schema)) return `${told}It is ${typeCell(schema, path, elsewhere)}.`;
  return fieldsTable({ path, schema }, elsewhere);
}

function fieldsTable(place: Place, elsewhere: ToldElsewhere): string {
  const required = (place.schema.required ?? []) as string[];
  const rows = Object.entries(propertiesOf(place.schema)).map(([name, child]) => {
    const path = place.path === '' ? name : `${place.path}.${name}`;
    const mark = required.includes(name) ? '' : ' (may be missing)';
    return `| \`${name}\`${mark} | ${typeCell(child, path, elsewhere)} | ${escapeMarkdown(meaningOf(child))} |`;
  });
  return ['| field | value | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Objects of which each has another `type`: what all have, and what each has beside. */
function variantsTable(variants: readonly Schema[], elsewhere: ToldElsewhere): string {
  const [first = {}] = variants;
  const same = ([name, child]: [string, Schema]) =>
    variants.every((variant) => JSON.stringify(propertiesOf(variant)[name]) === JSON.stringify(child));
  const common = Object.fromEntries(Object.entries(propertiesOf(first)).filter(same));
  const rows = variants.map((variant) => {
    const own = Object.entries(propertiesOf(variant)).filter(
      ([name]) => !(name in common) && name !== 'type',
    );
    const cells = own.map(([name, child]) => {
      const missing = (variant.required as string[]).includes(name) ? '' : ', may be missing';
      return `\`${name}\` (${typeCell(child, name, elsewhere)}${missing}${asideOn(child)})`;
    });
    return `| \`${String(propertiesOf(variant).type?.const)}\` | ${cells.join('; ')} |`;
  });
  return [
    fieldsTable({ path: '', schema: { properties: common, required: Object.keys(common) } }, elsewhere),
    '',
    'By its `type` it has beside that:',
    '',
    '| `type` | fields |',
    '| --- | --- |',
    ...rows,
  ].join('\n');
}

/** What a field may be. Objects are led to; small ones are told at once. */
function typeCell(schema: Schema, path: string, elsewhere: ToldElsewhere): string {
  const link = elsewhere[path];
  if (link !== undefined) return link;
  const { $ref, anyOf, items } = schema;
  const words = (part: Schema, at = path) => typeCell(part, at, elsewhere);
  if (typeof $ref === 'string') return linkTo($ref.split('/').at(-1) ?? '');
  if (Array.isArray(anyOf)) return (anyOf as Schema[]).map((part) => words(part)).join(' or ');
  if (items) return `list of ${words(items as Schema, `${path}[]`)}`;
  if (isObject(schema)) {
    if (!isSmall(schema)) return linkTo(path);
    const fields = Object.entries(propertiesOf(schema)).map(
      ([name, child]) => `\`${name}\` (${words(child, `${path}.${name}`)}${asideOn(child)})`,
    );
    return `{ ${fields.join(', ')} }`;
  }
  if (schema.additionalProperties && schema.type === 'object')
    return `object, by name: ${words(schema.additionalProperties as Schema)}`;
  return typeInWords(schema, linkTo);
}

function meaningOf({ description = '' }: Schema): string {
  return String(description);
}

/** What is said of a field, within a sentence. */
function asideOn(schema: Schema): string {
  const meaning = escapeMarkdown(meaningOf(schema)).replace(/\.$/, '');
  return meaning === '' ? '' : `: ${lowerFirst(meaning)}`;
}

function linkTo(path: string): string {
  return `[\`${path}\`](#${path.toLowerCase().replace(/[^a-z0-9_-]/g, '')})`;
}

/** An object of two plain fields at most is told in its cell. */
function isSmall(schema: Schema): boolean {
  const children = Object.values(propertiesOf(schema));
  return children.length <= 2 && children.every((child) => !isObject(child) && !child.items);
}

function isObject(schema: Schema): boolean {
  return schema.properties !== undefined;
}

function propertiesOf(schema: Schema): Record<string, Schema> {
  return (schema.properties ?? {}) as Record<string, Schema>;
}

function withoutNull(schema: Schema): Schema[] {
  const branches = (schema.anyOf ?? [schema]) as Schema[];
  return branches.filter(({ type }) => type !== 'null');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
