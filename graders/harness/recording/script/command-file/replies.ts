import { toValue, trimPartialCharacter } from '../../../base/bytes.ts';
import type { CommandReply } from '../../../evidence/evidence.ts';
import { EvidenceLimits } from '../../../evidence/limits.ts';
import type { FileCommand } from './parse.ts';

/** What a command was answered: as valkey-cli prints it, and how many bytes of that were cut before. */
export interface PrintedReply {
  text: string;
  missing: number;
  error: boolean;
}

type RepliesLimits = Record<
  'replies' | 'replyBytes' | 'repliesBytes' | 'replyArgsBytes' | 'valueBytes',
  number
>;

/** Collects the replies to the commands of a file, as many and as much of each as evidence keeps. */
export class CommandReplies {
  readonly #limits: RepliesLimits;
  readonly #list: CommandReply[] = [];
  #bytes = 0;
  #argsBytes = 0;
  #leftOut = 0;

  constructor(limits: RepliesLimits = EvidenceLimits) {
    this.#limits = limits;
  }

  add({ line, args, shown = [] }: FileCommand, { text, missing, error }: PrintedReply): void {
    const { replies, replyBytes, repliesBytes, replyArgsBytes, valueBytes } = this.#limits;
    this.#argsBytes += args.reduce((sum, arg) => sum + Math.min(arg.length, valueBytes), 0);
    // None is listed behind one that is not.
    if (this.#leftOut > 0 || this.#list.length >= replies || this.#argsBytes > replyArgsBytes) {
      this.#leftOut += 1;
      return;
    }
    const whole = Buffer.from(text.trimEnd());
    const kept = whole.subarray(0, Math.min(replyBytes, repliesBytes - this.#bytes));
    this.#bytes += kept.length;
    const length = whole.length + missing;
    this.#list.push({
      line,
      args: args.map((arg) => toValue(arg, valueBytes)),
      reply: kept.length === whole.length ? whole.toString() : cutText(kept, length),
      ...(kept.length < length && { length }),
      ...(missing === 0 &&
        isOtherReply(shown, text) && { shown: shown.join('\n').slice(0, SHOWN_CHARACTERS) }),
      error,
    });
  }

  /** The replies that are kept, in order, and how many there were beside them. */
  result(): { replies: CommandReply[]; repliesLeftOut?: number } {
    return {
      replies: [...this.#list],
      ...(this.#leftOut > 0 && { repliesLeftOut: this.#leftOut }),
    };
  }
}

/** So much is kept of a reply that a file shows. */
const SHOWN_CHARACTERS = 1000;

/** True where a file shows another reply than this, or more than that. */
function isOtherReply(shown: readonly string[], text: string): boolean {
  const lines = new Set(text.split('\n').map((line) => line.trim()));
  return shown.some((line) => !lines.has(line));
}

function cutText(kept: Buffer, length: number): string {
  return `${Buffer.from(trimPartialCharacter(kept)).toString()}… (${length} bytes in all)`;
}
