/** Further calls of the Lua script (or function) that the learner's script called on a key. */
export interface ScriptCalls {
  /** The first key that the learner's call names. */
  calledOn: string;
  with: readonly ScriptCall[];
}

/** The keys and arguments of one call: KEYS and ARGV. */
interface ScriptCall {
  keys: readonly string[];
  args: readonly (string | number)[];
}
