import type { Mutator } from '../mutant.ts';
import { ATOMICITY_MUTATORS } from './atomicity.ts';
import { COMMAND_MUTATORS } from './commands.ts';
import { JSON_MUTATORS } from './json.ts';
import { LUA_MUTATORS } from './lua.ts';
import { REFUSED_MUTATORS } from './refused.ts';
import { TTL_MUTATORS } from './ttl.ts';
import { TYPE_MUTATORS } from './types.ts';
import { WORD_MUTATORS } from './words.ts';

/** Every sort of mistake that is put into right submissions. */
export const MUTATORS: readonly Mutator[] = [
  ...COMMAND_MUTATORS,
  ...WORD_MUTATORS,
  ...JSON_MUTATORS,
  ...TTL_MUTATORS,
  ...TYPE_MUTATORS,
  ...ATOMICITY_MUTATORS,
  ...LUA_MUTATORS,
  ...REFUSED_MUTATORS,
];
