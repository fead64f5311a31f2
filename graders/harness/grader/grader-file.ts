import { Ajv, type ErrorObject } from 'ajv';
import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
import { UsageError } from '../errors.ts';
import { graderSchema } from './schema.ts';

/** A check as the file has it: what all checks have, and the parameters of its kind. */
export interface CheckFile {
  kind: string;
  id: string;
  title: string;
  points: number;
  needs?: string[];
  variant?: string;
  hints: string[];
  [parameter: string]: unknown;
}

/** A grader file that fits the schema. */
export interface GraderFile {
  title: string;
  points: number;
  setup?: string[];
  variants?: { id: string; title: string; setup: string[]; exceptLanguages?: string[] }[];
  checks: CheckFile[];
}

/** A grader file's content, and a way to say where in it something is wrong. */
export interface ParsedGraderFile {
  content: GraderFile;
  /** An error that names the file, line and column of a place: `['checks', 2, 'needs']`. */
  errorAt(path: readonly (string | number)[], message: string): UsageError;
}

let validate: ReturnType<Ajv['compile']> | undefined;

/**
 * Parses and validates the text of a grader file. `name` is the file's name for messages.
 * Throws UsageError with file, line and column of the first mistake.
 */
export function parseGraderFile(text: string, name: string): ParsedGraderFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const [problem] = document.errors;
  if (problem) throw new UsageError(`${at(problem.pos[0])}: not valid YAML: ${problem.message}`);
  const content: unknown = document.toJS();
  validate ??= new Ajv({
    discriminator: true,
    allowUnionTypes: true,
    strict: 'log',
    logger: false,
    formats: { regex: isRegex },
  }).compile(graderSchema());
  if (!validate(content)) {
    const [error] = validate.errors ?? [];
    const path = error ? errorPath(error) : [];
    throw new UsageError(`${at(offsetOf(document, path))}: ${error ? explain(error, path) : 'not a grader'}`);
  }
  return {
    content: content as GraderFile,
    errorAt: (path, message) => new UsageError(`${at(offsetOf(document, path))}: ${message}`),
  };
}

function isRegex(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    // A SyntaxError: that is the answer.
    return false;
  }
}

function errorPath(error: ErrorObject): string[] {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  // The unknown property itself, not the object that holds it.
  return error.keyword === 'additionalProperties' ? [...path, String(error.params.additionalProperty)] : path;
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
  const place = path.length === 0 ? 'the grader' : path.join('.');
  switch (error.keyword) {
    case 'additionalProperties':
      return `${place}: there is no such property here`;
    case 'required':
      return `${place}: ${String(error.params.missingProperty)} is missing`;
    case 'discriminator':
      return error.params.error === 'mapping'
        ? `${place}: there is no kind of check named ${JSON.stringify(error.params.tagValue)}`
        : `${place}: a check needs a kind`;
    case 'enum':
      return `${place}: must be one of ${(error.params.allowedValues as unknown[]).join(', ')}`;
    case 'const':
      return `${place}: must be ${JSON.stringify(error.params.allowedValue)}`;
    default:
      return `${place}: ${error.message ?? 'not valid'}`;
  }
}
