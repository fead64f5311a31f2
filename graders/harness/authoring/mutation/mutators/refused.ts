import { nameOf, replaceCommand } from '../edit.ts';
import type { Mutator } from '../mutant.ts';
import { CONDITIONS } from './refused-conditions.ts';
import { refusedWithError } from './refused-errors.ts';

/**
 * Writes that do not take place, though the command is there for all to see: one whose condition does not hold, and
 * one that the server answers with an error. What changed nothing is left as it is, for it makes no difference
 * whether that is refused.
 */
export const REFUSED_MUTATORS: readonly Mutator[] = [
  {
    id: 'refused',
    mutate: ({ commands, moments }) =>
      commands.flatMap((words, index) => {
        const moment = moments[index];
        if (!moment?.changed) return [];
        const forms = [CONDITIONS[nameOf(words)]?.(words, moment), refusedWithError(words, moment)];
        return forms.flatMap((form) => (form ? [replaceCommand(commands, index, form)] : []));
      }),
  },
];
