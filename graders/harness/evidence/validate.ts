import { lazyValidator } from '../document/validator.ts';
import { evidenceSchema } from './schema.ts';

/** Validates evidence documents. The bundle has this module compiled beforehand: see scripts/build.mjs. */
export const evidenceValidator = lazyValidator(evidenceSchema);
