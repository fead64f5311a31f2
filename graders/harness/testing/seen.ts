import { isCut } from '../base/bytes.ts';
import { isPartial } from '../evidence/data-types/index.ts';
import type { KeySnapshot } from '../evidence/evidence.ts';
import { EvidenceLimits } from '../evidence/limits.ts';
import { aboutKey } from '../judging/checks/trace-questions.ts';
import { TraceKeeper } from '../recording/observe/trace-keeper.ts';
import { CommandReplies } from '../recording/script/command-file/replies.ts';
import { splitArguments } from '../valkey/notation/quoting.ts';

/** What evidence has of something that is as large as a limit allows, or larger by one. */
export type Seen = 'whole' | 'cut, and said so' | 'cut';

export function seenOfKey(key: KeySnapshot): Seen {
  if (key.type === 'other') return 'cut';
  if (key.type === 'string') return isCut(key.value) ? 'cut, and said so' : 'whole';
  return isPartial(key) ? 'cut, and said so' : 'whole';
}

export function worst(seen: readonly Seen[]): Seen {
  return seen.find((one) => one === 'cut') ?? seen.find((one) => one !== 'whole') ?? 'whole';
}

/** Lines of MONITOR, each another. */
export function many(count: number, key = 'k'): string[] {
  return Array.from({ length: count }, (_, index) => line(key, String(index)));
}

/** Lines of MONITOR that are so many bytes together, each another. */
export function large(bytes: number, key = 'k'): string[] {
  const each = 32 * 1024;
  const count = Math.floor(bytes / each);
  const lengths = Array.from({ length: count }, (_, index) =>
    index === count - 1 ? bytes - (count - 1) * each : each,
  );
  return lengths.map((length, index) => {
    const number = String(index);
    return line(key, number + 'x'.repeat(length - line(key, number).length));
  });
}

function line(key: string, value: string): string {
  return `+1756000000.000000 [0 127.0.0.1:50000] "set" "${key}" "${value}"`;
}

function keep(lines: readonly string[]) {
  const keeper = new TraceKeeper([aboutKey('asked')]);
  for (const text of lines) keeper.add({ text, missing: 0, more: 0 });
  return keeper.finish();
}

export function traceOf(lines: readonly string[]): Seen {
  const { total, leftOut } = keep(lines);
  if (total !== lines.length) return 'cut';
  return leftOut === undefined ? 'whole' : 'cut, and said so';
}

/** Of commands that a check asks for, between the first and the last ones. */
export function askedOf(lines: readonly string[]): Seen {
  const { traceHead, traceTail } = EvidenceLimits;
  const { entries, leftOut } = keep([...many(traceHead), ...lines, ...many(traceTail)]);
  const found = entries.filter(({ args }) => args[1] === 'asked').length;
  const known = leftOut?.asked['key asked'];
  if (found === lines.length) return known === 'all' ? 'whole' : 'cut';
  return known === 'ends' ? 'cut, and said so' : 'cut';
}

export function repliesOf(answers: readonly (readonly [command: string, text: string])[]): Seen {
  const collected = new CommandReplies();
  for (const [command, text] of answers)
    collected.add(
      { line: 1, args: splitArguments(command) },
      { text: `${text}\n`, missing: 0, error: false },
    );
  const { replies, repliesLeftOut } = collected.result();
  if (replies.length < answers.length)
    return repliesLeftOut === answers.length - replies.length ? 'cut, and said so' : 'cut';
  const isWhole = replies.every(({ reply }, index) => reply === answers[index]?.[1]);
  if (isWhole) return 'whole';
  return replies.every(
    ({ reply, length }, index) => reply === answers[index]?.[1] || length === answers[index]?.[1].length,
  )
    ? 'cut, and said so'
    : 'cut';
}
