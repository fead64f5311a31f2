import { differingLines, type Mutant, type Original, type Words } from './mutant.ts';
import { MUTATORS } from './mutators/index.ts';

/**
 * Every mutant of a challenge's right submissions, by fixture name. Two that come to the same commands are
 * one, and what comes to a right submission is none. Pure.
 */
export function generateMutants(originals: ReadonlyMap<string, Original>): Mutant[] {
  const seen = new Set([...originals.values()].map(({ commands }) => identity(commands)));
  const mutants: Mutant[] = [];
  for (const [fixture, original] of originals) {
    for (const { id, mutate } of MUTATORS) {
      for (const commands of mutate(original)) {
        const known = identity(commands);
        if (seen.has(known)) continue;
        seen.add(known);
        mutants.push({ fixture, mutator: id, commands, ...differingLines(original.commands, commands) });
      }
    }
  }
  return mutants;
}

function identity(commands: readonly Words[]): string {
  return JSON.stringify(commands);
}
