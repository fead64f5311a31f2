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
  // CommonJS, and typed as if it were not.
  (addFormats as unknown as (ajv: Ajv, formats: string[]) => void)(ajv, ['regex']);
  return ajv;
}

/** Compiles a schema when it is first used. */
export function lazyValidator(schema: () => Schema): () => ValidateFunction {
  let validate: ValidateFunction | undefined;
  return () => {
    validate ??= makeAjv().compile(schema());
    return validate;
  };
}
