import type { TracedCommand } from './traced-command.ts';

/** The commands of a run by name: a check looks at those that it asks for, however long the trace is. */
export class CommandIndex {
  readonly #byName = new Map<string, TracedCommand[]>();

  /** Of commands in the order in which they ran. */
  constructor(commands: readonly TracedCommand[]) {
    for (const command of commands) {
      const found = this.#byName.get(command.name);
      if (found) found.push(command);
      else this.#byName.set(command.name, [command]);
    }
  }

  /** The commands of these names, in the order in which they ran. */
  named(names: Iterable<string>): readonly TracedCommand[] {
    const found: (readonly TracedCommand[])[] = [];
    for (const name of names) {
      const commands = this.#byName.get(name);
      if (commands) found.push(commands);
    }
    const [only = NONE] = found;
    return found.length < 2 ? only : found.flat().sort((one, other) => one.index - other.index);
  }
}

const NONE: readonly TracedCommand[] = [];
