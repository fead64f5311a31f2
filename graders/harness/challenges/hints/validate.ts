import { lazyValidator } from '../../base/document/validator.ts';
import { type HintsFile, hintsSchema } from './schema.ts';

/** Validates the file that keeps hints. The bundle has this module compiled beforehand: see scripts/build.mjs. */
export const hintsValidator = lazyValidator<HintsFile>(hintsSchema);
