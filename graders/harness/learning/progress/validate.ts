import { lazyValidator } from '../../base/document/validator.ts';
import { type ProgressFile, progressSchema } from './schema.ts';

/** Validates a progress file. The bundle has this module compiled beforehand: see scripts/build.mjs. */
export const progressValidator = lazyValidator<ProgressFile>(progressSchema);
