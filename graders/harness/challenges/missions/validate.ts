import { lazyValidator } from '../../base/document/validator.ts';
import { type Missions, missionsSchema } from './schema.ts';

/** Validates `missions.yaml`. The bundle has this module compiled beforehand: see scripts/build.mjs. */
export const missionsValidator = lazyValidator<Missions>(missionsSchema);
