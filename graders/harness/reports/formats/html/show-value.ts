import { isCut, type Value } from '../../../base/bytes.ts';
import { count } from '../../../base/text/count.ts';
import { show } from '../../../base/text/printable.ts';
import type { AnyDataType } from '../../../evidence/data-types/index.ts';
import { quote } from '../../../valkey/notation/quoting.ts';

/** Characters (or bytes, where they are not text) of a value that the page shows. */
const SHOWN = 500;

/** A value in double quotes, safe to print: bytes that are not text as valkey-cli writes them. */
export function showValue(value: Value): string {
  if (isCut(value)) return `${showValue(value.head)} (the first of ${value.length} bytes)`;
  if (typeof value === 'string') return show(value, SHOWN);
  const bytes = Buffer.from(value.base64, 'base64');
  const text = quote(bytes.subarray(0, SHOWN));
  return bytes.length > SHOWN ? `${text} (the first ${SHOWN} of ${bytes.length} bytes)` : text;
}

/** As {@link showValue}, without quotes where it needs none: for names, of which one knows that they are text. */
export function showName(name: Value): string {
  const shown = showValue(name);
  return /^"[\w.:*{}[\]+/@,=-]+"$/.test(shown) ? shown.slice(1, -1) : shown;
}

/** What the page shows of a HyperLogLog in place of its bytes. */
export function showCount(hyperloglog: number): string {
  return `counts about ${count(hyperloglog, 'different element')}`;
}

/** What stands beside an element. `start` is when the script started, Unix time in ms: expiries are told from there. */
export function showBeside(
  { hasWordsBeside }: AnyDataType,
  beside: Value,
  expireAt: number | undefined,
  start: number,
): string {
  const text = hasWordsBeside && typeof beside === 'string' ? beside.slice(0, SHOWN) : showValue(beside);
  if (expireAt === undefined) return text;
  return `${text}, expires ${Math.round((expireAt - start) / 1000)} s after the start`;
}
