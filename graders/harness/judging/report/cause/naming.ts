import type { RunView } from '../../checks/run-view.ts';
import { ScriptLines } from '../../checks/script-lines.ts';

/** The lines of the script that name a command; none where the script is not text. */
export function linesNaming({ source }: RunView, command: string): number[] {
  return source === null ? [] : new ScriptLines(source).naming(command);
}
