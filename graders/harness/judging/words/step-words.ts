import { isDeepStrictEqual } from 'node:util';
import type { Bytes } from '../../base/bytes.ts';
import { thousands } from '../../base/text/count.ts';
import { changedKey } from '../../evidence/change.ts';
import type { Step, TraceEntry } from '../../evidence/evidence.ts';
import { tracedCommand } from '../checks/traced-command.ts';
import { type ChangeWords, changeInWords } from './change-words.ts';
import { replyInWords } from './reply-words.ts';

/** Changed keys of which something is said. */
const KEYS = 3;

/** What a step answered and did, in words that are safe to print. */
export interface StepWords {
  /** What was answered; null if that is not known. */
  reply: string | null;
  refused: boolean;
  /** Says so if it did nothing: `did nothing: there was no such key`. */
  nothing: string | null;
  /** A line for each of the first few keys that it changed. */
  changes: ChangeWords[];
  /** How many more keys it changed. */
  more: number;
  /** True if it changed one key, and the command names that: nobody has to be told which. */
  isNamed: boolean;
}

/** What is known of a key before a step: undefined for nothing. */
export type WasThere = (db: number, key: Bytes) => boolean | undefined;

/**
 * Says what a step answered and did. `commands` are its commands in the trace, or the one before which keys
 * expired.
 */
export function stepInWords(
  step: Step,
  commands: readonly TraceEntry[],
  wasThere: WasThere = () => undefined,
): StepWords {
  const { reply, entries, changes } = step;
  const expired = entries === 0;
  const at = (commands[0]?.at ?? 0) / 1000;
  const shown = changes.length === KEYS + 1 ? changes.length : KEYS;
  return {
    reply: reply && replyInWords(reply),
    refused: reply?.kind === 'error',
    nothing: nothingDone(step, commands, wasThere),
    changes: changes.slice(0, shown).map((change) => changeInWords(change, { at, expired })),
    more: Math.max(0, changes.length - shown),
    isNamed:
      changes.length === 1 &&
      entries === 1 &&
      changes.every((change) => isDeepStrictEqual(commands[0]?.args[1], changedKey(change))),
  };
}

/** As {@link stepInWords}, on one line: the commands themselves are left to the caller. */
export function stepLine({ reply, nothing, changes, more, isNamed }: StepWords): string {
  const rest = more > 0 ? [`and ${thousands(more)} more keys`] : [];
  const lines = changes.map(({ name, text }) => (isNamed ? text : `${name}: ${text}`));
  return [...(nothing ? [nothing] : lines.length > 0 ? lines : [reply ?? '']), ...rest]
    .filter(Boolean)
    .join('; ');
}

/** Why a step that might have changed something did not; null if it did, or if that was not its purpose. */
function nothingDone(
  { reply, changes, entries, keys = [] }: Step,
  commands: readonly TraceEntry[],
  wasThere: WasThere,
) {
  const [first] = commands;
  const last = commands.at(-1);
  if (!reply || !first || !last || changes.length > 0 || entries === 0) return null;
  if (tracedCommand(last, 0).name === 'EXEC') {
    return reply.kind === 'nil' ? 'did nothing: a watched key had changed' : null;
  }
  if (reply.kind !== 'nil' && reply.text !== '(integer) 0') return null;
  const written = keys.find(({ writes }) => writes !== undefined);
  if (entries > 1 || !written) return null;
  // What a command makes of other keys does not depend on whether this one was there.
  return wasThere(written.db, written.key) === false && keys.length === 1
    ? 'did nothing: there was no such key'
    : 'did nothing';
}
