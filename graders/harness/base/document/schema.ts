/** A JSON Schema, draft-07. */
export type Schema = Record<string, unknown>;

export const string: Schema = { type: 'string' };
/** A whole number that is not negative. */
export const count: Schema = { type: 'integer', minimum: 0 };

export function nullable(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] };
}

export function list(items: Schema): Schema {
  return { type: 'array', items };
}

export function ref(name: string): Schema {
  return { $ref: `#/definitions/${name}` };
}

/** An object in which every property must be there, but for the `optional` ones, and no other may. */
export function object(properties: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties),
    properties: { ...properties, ...optional },
  };
}

/** Marks a schema as a document of its own. */
export function documentSchema(title: string, schema: Schema): Schema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, ...schema };
}
