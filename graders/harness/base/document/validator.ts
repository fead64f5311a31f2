import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Schema } from './schema.ts';

/** Ajv as every schema of ours is compiled with it; `source` keeps the code, for the bundle. */
export function makeAjv(source = false): Ajv {
  const ajv = new Ajv({
    discriminator: true,
    allowUnionTypes: true,
    // Strict about the schema would mean one `type` more on every branch of a union.
    strict: false,
    inlineRefs: false,
    ...(source && { code: { source: true, esm: true } }),
  });
  addFormats.default(ajv, ['regex']);
  return ajv;
}

/** Compiles a schema, of which `Content` is the type, when it is first used. */
export function lazyValidator<Content = unknown>(schema: () => Schema): () => ValidateFunction<Content> {
  let validate: ValidateFunction<Content> | undefined;
  return () => {
    validate ??= makeAjv().compile<Content>(schema());
    return validate;
  };
}
