import type { Language } from './languages.ts';

/** Where a script lies. */
export interface ScriptPlace {
  /** Absolute path. */
  path: string;
  /** True where its folder holds scripts of others: nothing of what lies beside it is copied. */
  isApart?: boolean;
}

/** A learner's script, found and recognised. */
export interface Script extends ScriptPlace {
  /** The file's name, without a folder. */
  name: string;
  language: Language;
}
