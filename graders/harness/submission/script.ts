import type { Language } from './languages.ts';

/** A learner's script, found and recognised. */
export interface Script {
  /** Absolute path. */
  path: string;
  /** The file's name, without a folder. */
  name: string;
  language: Language;
}
