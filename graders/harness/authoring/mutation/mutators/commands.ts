import { keysOf, replaceCommand } from '../edit.ts';
import type { Mutator } from '../mutant.ts';

/** Mistakes with whole commands: one forgotten, one too many, the wrong order, another database. */
export const COMMAND_MUTATORS: readonly Mutator[] = [
  {
    id: 'drop-command',
    mutate: ({ commands }) => commands.map((_, index) => replaceCommand(commands, index)),
  },
  {
    id: 'reorder',
    mutate: ({ commands }) =>
      commands.slice(1).map((second, index) => {
        const first = commands[index] ?? [];
        return [...commands.slice(0, index), second, first, ...commands.slice(index + 2)];
      }),
  },
  {
    // From each command on: a SELECT somewhere in the middle is as wrong as one at the start.
    id: 'wrong-database',
    mutate: ({ commands }) =>
      commands.map((_, index) => [...commands.slice(0, index), ['SELECT', '1'], ...commands.slice(index)]),
  },
  {
    id: 'extra-key',
    mutate: ({ commands }) => [[...commands, ['SET', 'mutant:extra', '1']]],
  },
  {
    id: 'del-at-end',
    mutate: ({ commands }) => keysOf(commands).map((key) => [...commands, ['DEL', key]]),
  },
];
