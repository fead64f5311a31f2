import type { Schema } from './schema.ts';

/**
 * The names that properties of the object at a place of a document may have, by its schema: where a union
 * stands on the way, those of all branches, or of the one that the object's `kind` names. Empty where any
 * name will do.
 */
export function propertyNames(
  root: Schema,
  content: unknown,
  path: readonly (string | number)[],
): Set<string> {
  const schemas = schemasAt(root, content, path);
  return new Set(schemas.flatMap((schema) => Object.keys(propertiesOf(schema))));
}

/** The values that the property `tag` may have in the object at a place: the branches of a union by name. */
export function tagValues(root: Schema, path: readonly (string | number)[], tag: string): string[] {
  return schemasAt(root, undefined, path).flatMap(
    (schema) => propertiesOf(schema)[tag]?.const ?? [],
  ) as string[];
}

function schemasAt(root: Schema, content: unknown, path: readonly (string | number)[]): Schema[] {
  let schemas = [root];
  let value = content;
  for (const step of [...path, null]) {
    schemas = schemas.flatMap((schema) => branches(root, schema, value));
    if (step === null) break;
    schemas = schemas.flatMap((schema) => childOf(schema, step));
    value = (value as Record<string | number, unknown> | null | undefined)?.[step];
  }
  return schemas;
}

/** A schema and the branches of its unions, references followed. */
function branches(root: Schema, schema: Schema, value: unknown): Schema[] {
  const { $ref, allOf, anyOf, oneOf, ...own } = schema;
  const all = [allOf, anyOf, oneOf].flatMap((union) => (union ?? []) as Schema[]);
  const kind = (value as { kind?: unknown } | null | undefined)?.kind;
  const named = all.filter((branch) => kind !== undefined && propertiesOf(branch).kind?.const === kind);
  const referred =
    typeof $ref === 'string'
      ? [(root.definitions as Record<string, Schema> | undefined)?.[$ref.replace('#/definitions/', '')] ?? {}]
      : [];
  const next = [...(named.length > 0 ? named : all), ...referred];
  return [own, ...next.flatMap((branch) => branches(root, branch, value))];
}

function childOf(schema: Schema, step: string | number): Schema[] {
  const { items, additionalProperties } = schema;
  const child =
    /^\d+$/.test(String(step)) && items ? items : (propertiesOf(schema)[step] ?? additionalProperties);
  return child && typeof child === 'object' ? [child as Schema] : [];
}

function propertiesOf({ properties }: Schema): Record<string, Schema> {
  return (properties ?? {}) as Record<string, Schema>;
}
