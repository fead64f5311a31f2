import { lazyValidator } from '../../base/document/validator.ts';
import { type Config, configSchema } from './schema.ts';

/** Validates `keyspace.config.yaml`. The bundle has this module compiled beforehand: see scripts/build.mjs. */
export const configValidator = lazyValidator<Config | null>(configSchema);
