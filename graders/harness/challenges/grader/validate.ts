import { lazyValidator } from '../../base/document/validator.ts';
import { graderSchema } from './schema.ts';

/** Validates grader files. The bundle has this module compiled beforehand: see scripts/build.mjs. */
export const graderValidator = lazyValidator(graderSchema);
