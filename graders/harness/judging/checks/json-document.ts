import { printable, show } from '../../base/text/printable.ts';
import type { Json } from './value-conditions.ts';

/** What a text holds as JSON, or why it is none. */
export type JsonDocument = { value: Json; problem?: never } | { problem: string };

/** Reads JSON that a learner wrote. */
export function readJson(text: string): JsonDocument {
  if (nestingOf(text) > MOST_LEVELS) return { problem: `it has more than ${MOST_LEVELS} levels` };
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return { problem: whyNoJson(text) };
  }
}

/** What is nested deeper is not read: whoever writes or compares it would run out of stack. */
const MOST_LEVELS = 200;

function nestingOf(text: string): number {
  let [level, most] = [0, 0];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[{\]}]/gs)) {
    if (token === '[' || token === '{') level += 1;
    else if (token === ']' || token === '}') level -= 1;
    most = Math.max(most, level);
  }
  return most;
}

function whyNoJson(text: string): string {
  const start = text.trimStart();
  if (start === '') return 'not JSON: it is empty';
  if (start.startsWith('[object ')) return 'not JSON: the object was not turned into JSON first';
  if (/^[[{]\s*'/.test(start)) return 'not JSON: it has single quotes where JSON has double quotes';
  return 'not JSON';
}

/** Where a document differs from the one that is wanted, in words; the first differences of many. Undefined for none. */
export function jsonDifference(wanted: Json, found: Json): string | undefined {
  const told: string[] = [];
  for (const one of differences(wanted, found, '$')) {
    if (told.length === MOST_TOLD) return `${told.join('; ')}; and more`;
    told.push(one);
  }
  return told.length === 0 ? undefined : told.join('; ');
}

const MOST_TOLD = 3;

function* differences(wanted: Json, found: Json, path: string): Generator<string> {
  if (Array.isArray(wanted) && Array.isArray(found)) {
    for (const [index, item] of wanted.entries()) {
      const place = `${path}[${index}]`;
      if (index < found.length) yield* differences(item, found[index] as Json, place);
      else yield `${place} is missing`;
    }
    if (found.length > wanted.length) yield `${path}[${wanted.length}] is one too many`;
  } else if (isObject(wanted) && isObject(found)) {
    for (const [name, value] of Object.entries(wanted)) {
      const place = path + step(name);
      if (Object.hasOwn(found, name)) yield* differences(value, found[name] as Json, place);
      else yield `${place} is missing`;
    }
    for (const name of Object.keys(found))
      if (!Object.hasOwn(wanted, name)) yield `${path}${step(name)} should not be there`;
  } else if (wanted !== found) {
    yield `${path}: expected ${inShort(wanted)}, found ${isEncodedAgain(wanted, found) ? 'a text that holds JSON: it was encoded twice' : inShort(found)}`;
  }
}

function isEncodedAgain(wanted: Json, found: Json): boolean {
  if (typeof found !== 'string' || !isContainer(wanted)) return false;
  const document = readJson(found);
  return document.problem === undefined && isContainer(document.value);
}

function isContainer(value: Json): value is Json[] | Record<string, Json> {
  return typeof value === 'object' && value !== null;
}

function isObject(value: Json): value is Record<string, Json> {
  return isContainer(value) && !Array.isArray(value);
}

/** A value as it is told: a list or an object by what it is. */
export function inShort(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return typeof value === 'string' ? show(value) : String(value);
}

/** A member in a path, as JSONPath has it. */
function step(name: string): string {
  return /^[A-Za-z_]\w{0,59}$/.test(name) ? `.${name}` : `[${show(name, 60)}]`;
}

/** A path to one value of a document, as JSONPath writes it: `$.address.city`, `$.items[0]`, `$["first name"]`. */
export const JSON_PATH = '^\\$(?:\\.[A-Za-z_]\\w*|\\[\\d+\\]|\\["[^"\\\\]+"\\])*$';

/** What stands at a path of a document; undefined where nothing does. */
export function valueAt(document: Json, path: string): Json | undefined {
  let found: Json | undefined = document;
  for (const [, name, index, quoted] of path.matchAll(/\.(\w+)|\[(\d+)\]|\["([^"]+)"\]/g)) {
    const within: Json | undefined = found;
    if (within === undefined) return undefined;
    const member = name ?? quoted ?? '';
    if (index !== undefined) found = Array.isArray(within) ? within[Number(index)] : undefined;
    else found = isObject(within) && Object.hasOwn(within, member) ? within[member] : undefined;
  }
  return found;
}

/** A value of a document as text: texts as they are, all others as JSON writes them. */
export function jsonText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A document as it is told, cut where it is long. */
export function showJson(value: Json, limit = 200): string {
  const text = JSON.stringify(value);
  return printable(text.length > limit ? `${text.slice(0, limit)}…` : text);
}
