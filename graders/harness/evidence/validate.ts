import { lazyValidator } from '../base/document/validator.ts';
import type { Evidence } from './evidence.ts';
import { evidenceSchema } from './schema.ts';

/** Validates evidence documents. The bundle has this module compiled beforehand: see scripts/build.mjs. */
export const evidenceValidator = lazyValidator<Evidence>(evidenceSchema);
