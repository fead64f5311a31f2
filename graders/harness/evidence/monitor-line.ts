import { readArgument } from '../valkey/quoting.ts';
import { toValue, type Value } from './bytes.ts';
import type { TraceEntry } from './evidence.ts';
import { EvidenceLimits } from './limits.ts';

const HEAD = /^(\d+)\.(\d{6}) \[(\d+) ([^\]]*)\] /;

/**
 * Reads one line of MONITOR, such as `1339518083.107412 [0 127.0.0.1:60866] "keys" "*"`, without the
 * leading `+`. Returns undefined for a line that is not of that form.
 * Source: https://valkey.io/commands/monitor/
 */
export function parseMonitorLine(line: string): TraceEntry | undefined {
  const head = HEAD.exec(line);
  if (!head) return undefined;
  const args: Value[] = [];
  let index = head[0].length;
  while (index < line.length && args.length < EvidenceLimits.args) {
    const argument = readArgument(line, index);
    args.push(toValue(argument.value, EvidenceLimits.valueBytes));
    index = argument.end + 1;
  }
  return {
    at: Number(head[1]) * 1_000_000 + Number(head[2]),
    db: Number(head[3]),
    source: head[4] ?? '',
    args,
    line: null,
  };
}
