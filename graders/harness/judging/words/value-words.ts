import { isCut, type Value } from '../../base/bytes.ts';
import { showArgument } from '../../base/text/printable.ts';

/** Characters of a name or a value within a sentence. */
const SHOWN = 40;

/** A name or a value within a sentence: short, safe to print, and in quotes only if it needs them. */
export function valueInWords(value: Value): string {
  if (isCut(value)) return `${valueInWords(value.head)} (the first of ${value.length} bytes)`;
  return showArgument(value, SHOWN);
}
