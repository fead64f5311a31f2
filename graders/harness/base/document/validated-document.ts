import type { ErrorObject, ValidateFunction } from 'ajv';
import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
import { messageOf } from '../errors.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import { DocumentError } from './document-error.ts';
import type { Schema } from './schema.ts';
import { propertyNames, tagValues } from './schema-walk.ts';

/** A document that fits its schema, and a way to say where in it something is wrong. */
export interface ValidatedDocument<Content> {
  content: Content;
  /** An error that names file, line and column of a place: `['checks', 2, 'needs']`. */
  errorAt(path: readonly (string | number)[], message: string): DocumentError;
}

/**
 * Parses YAML (or JSON, which is YAML too) and validates it. `name` is the file's name for messages,
 * `version` what the property of that name must be for the rest to be looked at; with `schema`, what a wrong
 * name most likely means is told too.
 * Throws DocumentError with file, line and column of the first mistake.
 */
export function parseValidated<Content>(
  text: string,
  name: string,
  validate: ValidateFunction,
  { version, schema }: { version?: number; schema?: () => Schema } = {},
): ValidatedDocument<Content> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    // An empty text has no line.
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const broken = (offset: number, message: string) =>
    new DocumentError(name, at(offset), `not valid ${name.endsWith('.json') ? 'JSON' : 'YAML'}: ${message}`);
  const errorAt = (path: readonly (string | number)[], message: string) =>
    new DocumentError(name, at(offsetOf(document, path)), message);
  const [problem] = document.errors;
  if (problem) {
    const json = name.endsWith('.json') ? jsonProblem(text) : null;
    throw broken(json?.offset ?? problem.pos[0], json?.message ?? problem.message);
  }
  const content = toContent(document, (message) => broken(0, message));
  const found = versionOf(content);
  if (version !== undefined && found !== undefined && found !== version) {
    throw errorAt(
      ['version'],
      `version ${JSON.stringify(found)} cannot be read, only version ${version} can${whoWrote(found, version)}`,
    );
  }
  if (!validate(content)) {
    const error = deepest(validate.errors ?? []);
    if (!error) throw errorAt([], 'not valid');
    const path = errorPath(error);
    const meant = schema && whatWasMeant(error, path, content, schema());
    throw errorAt(meant?.path ?? path, meant?.message ?? explain(error, path));
  }
  return { content: content as Content, errorAt };
}

/** What is wrong with JSON in JSON's own words, and where, if that is told; null where nothing is. */
function jsonProblem(text: string): { message: string; offset: number | undefined } | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const [, message = messageOf(error), offset] =
      /^(.*?) in JSON at position (\d+)/.exec(messageOf(error)) ?? [];
    const comma = message.startsWith("Expected ','") ? ': is there a comma missing before it?' : '';
    return { message: message + comma, offset: offset === undefined ? undefined : Number(offset) };
  }
}

/** What to do about a document of another version. */
function whoWrote(found: unknown, version: number): string {
  if (typeof found !== 'number') return '';
  return found > version
    ? ': a later keyspace-grader wrote it, so update this one'
    : ': an earlier keyspace-grader wrote it, so have it made anew';
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
  return parseValidated<Content>(text, name, validate, { version }).content;
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
  return error.propertyName === undefined ? path : [...path, error.propertyName];
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

/** For a name that nothing has, and for a missing one that is there misspelt: what was meant. */
function whatWasMeant(
  error: ErrorObject,
  path: readonly string[],
  content: unknown,
  schema: Schema,
): { path: readonly string[]; message: string } | undefined {
  const wrong = (parent: readonly string[], name: string, names: Iterable<string>) => ({
    path: [...parent, name],
    message: `${[...parent, name].join('.')}: there is no such property here${didYouMean(name, names)}`,
  });
  if (error.keyword === 'additionalProperties') {
    const parent = path.slice(0, -1);
    return wrong(parent, String(path.at(-1)), propertyNames(schema, content, parent));
  }
  if (error.keyword === 'required') {
    const names = propertyNames(schema, content, path);
    const object = path.reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], content);
    const missing = String(error.params.missingProperty);
    const unknown = Object.keys(object as object).find(
      (name) => !names.has(name) && nearest(name, [missing]),
    );
    return unknown === undefined ? undefined : wrong(path, unknown, [missing]);
  }
  if (error.keyword === 'discriminator' && error.params.error === 'mapping') {
    const tag = String(error.params.tag);
    const values = tagValues(schema, path.slice(0, -1), tag);
    return { path, message: `${explain(error, path)}${didYouMean(String(error.params.tagValue), values)}` };
  }
  return undefined;
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
    case 'false schema':
      return `${place}: does not go with the other properties here`;
    default:
      return `${place}: ${error.message ?? 'not valid'}`;
  }
}
