import { messageOf } from '../errors.ts';
import { readPlainFile } from '../plain-file.ts';
import { DocumentError } from './document-error.ts';

/**
 * Reads a JSON object of ours that says something of each of several names; null where there is no such file. Throws
 * UnreadableFileError, and DocumentError for what is no JSON object.
 */
export async function readJsonObject<Value>(file: string): Promise<Record<string, Value> | null> {
  const text = readPlainFile(file)?.toString();
  if (text === undefined) return null;
  let problem = 'must be an object';
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === 'object' && content !== null && !Array.isArray(content))
      return content as Record<string, Value>;
  } catch (error) {
    problem = `not valid JSON: ${messageOf(error)}`;
  }
  const offset = Number(/position (\d+)/.exec(problem)?.[1] ?? 0);
  const before = text.slice(0, offset).split('\n');
  throw new DocumentError(file, { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }, problem);
}
