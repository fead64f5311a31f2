// The words in which kinds of check say what parameters they take: each gives the JSON Schema and the type in
// TypeScript. They are plain objects, since every grading loads them, and reads none of them.
import type { Schema } from '../../base/document/schema.ts';
import type { Json } from './value-conditions.ts';

declare const CONTENT: unique symbol;
const OPTIONAL = Symbol('optional');

/** The schema of something, and its type: the property that names it is never there. */
export interface SchemaOf<Content> extends Schema {
  readonly [CONTENT]?: Content;
}

export interface OptionalSchema<Content> extends SchemaOf<Content> {
  readonly [OPTIONAL]: true;
}

/** The type of what fits a schema. */
export type Static<Some> = Some extends SchemaOf<infer Content> ? Content : never;

/** Properties by their names. */
export type Properties = Record<string, SchemaOf<unknown>>;

type OptionalNames<Some> = {
  [Name in keyof Some]: Some[Name] extends OptionalSchema<unknown> ? Name : never;
}[keyof Some];

type Flat<Some> = { [Name in keyof Some]: Some[Name] };

/** What an object with these properties holds. */
export type Content<Some> = Flat<
  { [Name in Exclude<keyof Some, OptionalNames<Some>>]: Static<Some[Name]> } & {
    [Name in OptionalNames<Some>]?: Static<Some[Name]>;
  }
>;

/** An object with these properties and no others, and its type. */
export interface ObjectSchema<Whole> extends SchemaOf<Whole> {
  properties: Properties;
  required?: string[];
  /** Of these, one must hold: see {@link atLeastOne}. */
  anyOf?: { required: string[] }[];
  /** Where the first one is there, the other cannot be: see {@link notBoth}. */
  dependencies?: Record<string, { properties: Record<string, false> }>;
}

/** An object of these properties and no others; all must be there but for the optional ones. */
export function object<Some extends Properties>(
  properties: Some,
  options: Schema = {},
): ObjectSchema<Content<Some>> {
  return objectOf(properties, options);
}

/** An {@link object} of a type that its properties alone do not tell: one of two of them must be there, say. */
export function objectOf<Whole>(properties: Properties, options: Schema = {}): ObjectSchema<Whole> {
  const required = Object.keys(properties).filter((name) => !(OPTIONAL in (properties[name] ?? {})));
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties,
    ...options,
    additionalProperties: false,
  };
}

/** A property of an {@link object} that may be left out. */
export function optional<Content>(schema: SchemaOf<Content>): OptionalSchema<Content> {
  return { ...schema, [OPTIONAL]: true };
}

/**
 * Of an {@link object}: one of these properties at the least must be there, though each is optional; a list stands for
 * properties that belong together.
 */
export function atLeastOne(...names: (string | string[])[]): { anyOf: { required: string[] }[] } {
  return { anyOf: names.map((name) => ({ required: [name].flat() })) };
}

/** Of an {@link object}: these two properties, which are optional, cannot both be there. */
export function notBoth(
  one: string,
  other: string,
): { dependencies: Record<string, { properties: Record<string, false> }> } {
  return { dependencies: { [one]: { properties: { [other]: false } } } };
}

export function text(options: Schema = {}): SchemaOf<string> {
  return { type: 'string', ...options };
}

/** A text; a number stands for how it is written. */
export function textOrNumber(options: Schema = {}): SchemaOf<string | number> {
  return { type: ['string', 'number'], ...options };
}

export function number(options: Schema = {}): SchemaOf<number> {
  return { type: 'number', ...options };
}

export function integer(options: Schema = {}): SchemaOf<number> {
  return { type: 'integer', ...options };
}

export function flag(options: Schema = {}): SchemaOf<boolean> {
  return { type: 'boolean', ...options };
}

/** `true`, which is written down or left out. */
export function yes(description: string): SchemaOf<true> {
  return { const: true, description };
}

/** One of these texts. */
export function oneOf<const Text extends string>(
  texts: readonly Text[],
  options: Schema = {},
): SchemaOf<Text> {
  return { enum: texts, ...options };
}

/** What fits one of these schemas. */
export function either<Some extends SchemaOf<unknown>>(
  schemas: readonly Some[],
  options: Schema = {},
): SchemaOf<Static<Some>> {
  return { anyOf: schemas, ...options };
}

export function listOf<Item>(items: SchemaOf<Item>, options: Schema = {}): SchemaOf<Item[]> {
  return { type: 'array', items, ...options };
}

/** A list of one item or more. */
export function oneOrMore<Item>(items: SchemaOf<Item>, options: Schema = {}): SchemaOf<Item[]> {
  return listOf(items, { minItems: 1, ...options });
}

/** A list of exactly two items. */
export function pair<Item>(items: SchemaOf<Item>, description: string): SchemaOf<[Item, Item]> {
  return { type: 'array', items, minItems: 2, maxItems: 2, description };
}

/** Anything that JSON can write. */
export function json(description: string): SchemaOf<Json> {
  return { description };
}

/** A list of different items, one at the least. */
export function distinct<Item>(items: SchemaOf<Item>, description: string): SchemaOf<Item[]> {
  return oneOrMore(items, { uniqueItems: true, description });
}

/** An object whose properties may be called anything, and are all of one sort. */
export function byName<Value>(value: SchemaOf<Value>, options: Schema = {}): SchemaOf<Record<string, Value>> {
  return { type: 'object', additionalProperties: value, ...options };
}

/** What is told elsewhere in the schema, among its `definitions`. */
export function definedAs<Content>(name: string, options: Schema = {}): SchemaOf<Content> {
  return { $ref: `#/definitions/${name}`, ...options };
}
