import {
  Enum,
  Integer,
  Null,
  type Static,
  type TArray,
  type TArrayOptions,
  type TBoolean,
  type TEnum,
  type TInteger,
  type TNull,
  type TNumber,
  type TObject,
  type TObjectOptions,
  type TProperties,
  type TSchema,
  type TString,
  type TStringOptions,
  type TUnion,
  type TUnsafe,
  Array as typeArray,
  Boolean as typeBoolean,
  Number as typeNumber,
  Object as typeObject,
  String as typeString,
  Union,
  Unsafe,
} from 'typebox';
import type { Schema } from './schema.ts';

// Schemas as documents are made of them. What a definition says is the JSON Schema, the TypeScript type
// (`Static<typeof …>`) and, in its descriptions, the documentation.

export function text(description?: string, options: TStringOptions = {}): TString {
  return typeString({ ...about(description), ...options });
}

export function flag(description?: string): TBoolean {
  return typeBoolean(about(description));
}

/** A whole number that is not negative. */
export function count(description?: string): TInteger {
  return Integer({ minimum: 0, ...about(description) });
}

/** A whole number from 1, such as that of a line. */
export function ordinal(description?: string): TInteger {
  return Integer({ minimum: 1, ...about(description) });
}

/** A number that is not negative: points may be parts of one. */
export function points(description?: string): TNumber {
  return typeNumber({ minimum: 0, ...about(description) });
}

/** A time in ISO 8601. */
export function time(description?: string): TString {
  return text(description, { format: 'date-time' });
}

/** One of these texts. */
export function oneOf<Values extends string[]>(
  values: readonly [...Values],
  description?: string,
): TEnum<Values> {
  return Enum<Values>(values, about(description));
}

export function nullable<Type extends TSchema>(type: Type, description?: string): TUnion<[Type, TNull]> {
  return Union([type, Null()], about(description));
}

export function list<Type extends TSchema>(
  items: Type,
  description?: string,
  options: TArrayOptions = {},
): TArray<Type> {
  return typeArray(items, { ...about(description), ...options });
}

/** An object in which every property must be there, but for those that are `Optional`, and no other may. */
export function object<Properties extends TProperties>(
  properties: Properties,
  description?: string,
  options: TObjectOptions = { additionalProperties: false },
): TObject<Properties> {
  return typeObject(properties, { ...about(description), ...options });
}

/** An object whose properties may have any name, and are all alike. */
export function byName<Type extends TSchema>(
  type: Type,
  description?: string,
): TUnsafe<Record<string, Static<Type>>> {
  return Unsafe({ type: 'object', additionalProperties: type, ...about(description) });
}

/** One of several objects, told apart by a property that has another value in each. */
export function tagged<Types extends TSchema[]>(
  tag: string,
  types: [...Types],
): TUnsafe<Static<TUnion<Types>>> {
  return Unsafe({ type: 'object', required: [tag], discriminator: { propertyName: tag }, oneOf: types });
}

/** What a definition of the document says; `Type` is its type. */
export function ref<Type>(name: string, description?: string): TUnsafe<Type> {
  return Unsafe({ $ref: `#/definitions/${name}`, ...about(description) });
}

/**
 * A schema, under the name of its type: editors, errors and declarations then show the name in place of all that
 * it holds. With a description it is what is said of it in this place.
 */
export function named<Type>(type: TSchema, description?: string): TUnsafe<Type> {
  return Unsafe<Type>({ ...type, ...about(description) });
}

/** The schema of a type that is written down elsewhere; it does not compile where the two do not agree. */
export function schemaOf<Type>() {
  return <S extends TSchema>(schema: S & (Same<Static<S>, Type> extends true ? unknown : never)) =>
    named<Type>(schema);
}

type Same<Left, Right> = [Left, Right] extends [Right, Left] ? true : false;

/** A schema as a document of its own, with the definitions that its references name. */
export function documentOf(
  title: string,
  type: TSchema,
  definitions?: Readonly<Record<string, TSchema>>,
): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    ...type,
    ...(definitions && { definitions }),
  };
}

function about(description: string | undefined): { description?: string } {
  return description === undefined ? {} : { description };
}
