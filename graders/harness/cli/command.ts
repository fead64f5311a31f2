import type { Command, CommandUnknownOpts, OptionValues } from '@commander-js/extra-typings';
import { UsageError } from '../base/errors.ts';

/** Takes the exit code of the command that ran. */
export type Finish = (exitCode: number) => void;

/** Throws UsageError if there is no folder any more that paths could be relative to. */
function requireCurrentFolder(): void {
  try {
    process.cwd();
  } catch (error) {
    throw new UsageError(
      'The current folder no longer exists: it was deleted or moved. Change to another one, for example with `cd ~`, and run the command again.',
      { cause: error },
    );
  }
}

/** Makes a command anew, ready to be added to a program. */
export type MakeCommand = (finish: Finish) => CommandUnknownOpts;

/**
 * What a layer takes, for options that are handed on as they are, and nothing that it does not know. Most are
 * optional: without this, one whose name was changed on one side alone would be lost, and nobody told.
 */
export type Only<Taken, Options> = Taken & { [Name in Exclude<keyof Options, keyof Taken>]: never };

/**
 * A command: what it is called with, and what it then does, with the arguments and the options as they are typed by
 * the definition. `run` gives back the exit code. Whatever takes time to load is imported when it runs, so that
 * `--help` loads next to nothing.
 */
export function defineCommand<Args extends unknown[], Options extends OptionValues>(
  definition: () => Command<Args, Options>,
  run: (...call: [...Args, Options, Command<Args, Options>]) => Promise<number>,
): MakeCommand {
  return (finish) =>
    definition().action(async (...call) => {
      requireCurrentFolder();
      finish(await run(...call));
    });
}
