import type { CommandPatterns } from './command-pattern.ts';

/** What the checks of a grader ask for, all together: what one of them looks for is no slip to another. */
export interface Asked {
  /** All texts among their parameters, such as the names of keys and fields. */
  names: ReadonlySet<string>;
  commands: readonly AskedCommand[];
}

/** A command that is to run. */
export interface AskedCommand {
  patterns: CommandPatterns;
  /** True if it is to run late: of several that match it is the last one that is meant, otherwise the first. */
  isLate: boolean;
}

export const NOTHING_ASKED: Asked = { names: new Set(), commands: [] };

/** What several checks ask for. */
export function allAsked(some: readonly (Asked | undefined)[]): Asked {
  return {
    names: new Set(some.flatMap((asked) => [...(asked?.names ?? [])])),
    commands: some.flatMap((asked) => asked?.commands ?? []),
  };
}

/** All texts within the parameters of a check, and the names of what stands under a name. */
export function textsIn(parameters: unknown): string[] {
  if (typeof parameters === 'string') return [parameters];
  if (Array.isArray(parameters)) return parameters.flatMap(textsIn);
  if (typeof parameters !== 'object' || parameters === null) return [];
  return Object.entries(parameters).flatMap(([name, value]) => [name, ...textsIn(value)]);
}
