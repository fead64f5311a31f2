import type { ErrorObject, ValidateFunction } from 'ajv';
import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
import { messageOf, UsageError } from '../errors.ts';

/** A document that fits its schema, and a way to say where in it something is wrong. */
export interface ValidatedDocument<Content> {
  content: Content;
  /** An error that names file, line and column of a place: `['checks', 2, 'needs']`. */
  errorAt(path: readonly (string | number)[], message: string): UsageError;
}

/**
 * Parses YAML (or JSON, which is YAML too) and validates it. `name` is the file's name for messages,
 * `version` what the property of that name must be for the rest to be looked at.
 * Throws UsageError with file, line and column of the first mistake.
 */
export function parseValidated<Content>(
  text: string,
  name: string,
  validate: ValidateFunction,
  version?: number,
): ValidatedDocument<Content> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    // An empty text has no line.
    return `${name}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const broken = (offset: number, message: string) =>
    new UsageError(`${at(offset)}: not valid ${name.endsWith('.json') ? 'JSON' : 'YAML'}: ${message}`);
  const [problem] = document.errors;
  if (problem) throw broken(problem.pos[0], problem.message);
  const content = toContent(document, (message) => broken(0, message));
  const found = versionOf(content);
  if (version !== undefined && found !== undefined && found !== version) {
    throw new UsageError(
      `${at(offsetOf(document, ['version']))}: version ${JSON.stringify(found)} cannot be read, only version ${version} can`,
    );
  }
  if (!validate(content)) {
    const error = deepest(validate.errors ?? []);
    const path = error ? errorPath(error) : [];
    throw new UsageError(`${at(offsetOf(document, path))}: ${error ? explain(error, path) : 'not valid'}`);
  }
  return {
    content: content as Content,
    errorAt: (path, message) => new UsageError(`${at(offsetOf(document, path))}: ${message}`),
  };
}

function versionOf(content: unknown): unknown {
  return typeof content === 'object' && content !== null && 'version' in content
    ? content.version
    : undefined;
}

/** Throws what `complain` makes of an alias that leads nowhere, or of aliases that would fill the memory. */
function toContent(document: Document, complain: (message: string) => Error): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw complain(messageOf(error));
  }
}

/**
 * Parses JSON that a program wrote, and validates it: quick where all is well, and with the place of the
 * mistake where it is not. A document of another version is told so, whatever else it holds.
 * Throws UsageError.
 */
export function parseValidatedJson<Content extends { version: number }>(
  text: string,
  name: string,
  version: Content['version'],
  validate: ValidateFunction,
): Content {
  try {
    const content: unknown = JSON.parse(text);
    if (validate(content)) return content as Content;
  } catch (error) {
    // A SyntaxError; the slow way tells where.
    if (!(error instanceof SyntaxError)) throw error;
  }
  return parseValidated<Content>(text, name, validate, version).content;
}

/** Of the branches of a union none fits: the mistake is where one of them got furthest. */
function deepest(errors: readonly ErrorObject[]): ErrorObject | undefined {
  return errors.reduce<ErrorObject | undefined>(
    (best, error) => (best && errorPath(best).length >= errorPath(error).length ? best : error),
    undefined,
  );
}

function errorPath(error: ErrorObject): string[] {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  // The unknown property itself, or the unknown kind, not the object that holds it.
  if (error.keyword === 'additionalProperties') return [...path, String(error.params.additionalProperty)];
  if (error.keyword === 'discriminator') return [...path, String(error.params.tag)];
  return path;
}

/** Where in the text a path leads: to the key of a pair, to the item of a list, or as far as it can be followed. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const here = path.slice(0, length);
    const parent = document.getIn(here.slice(0, -1), true);
    const last = here.at(-1);
    if (isMap(parent)) {
      const pair = parent.items.find(
        (item) => isPair(item) && isNode(item.key) && String(item.key) === String(last),
      );
      if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(here, true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function explain(error: ErrorObject, path: readonly string[]): string {
  const place = path.length === 0 ? 'the document' : path.join('.');
  switch (error.keyword) {
    case 'additionalProperties':
      return `${place}: there is no such property here`;
    case 'required':
      return `${place}: ${String(error.params.missingProperty)} is missing`;
    case 'discriminator':
      return error.params.error === 'mapping'
        ? `${place}: there is no ${error.params.tag} named ${JSON.stringify(error.params.tagValue)}`
        : `${place}: must be a text`;
    case 'enum':
      return `${place}: must be one of ${(error.params.allowedValues as unknown[]).join(', ')}`;
    case 'const':
      return `${place}: must be ${JSON.stringify(error.params.allowedValue)}`;
    default:
      return `${place}: ${error.message ?? 'not valid'}`;
  }
}
