import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Collection } from '../collection/collection.ts';
import { count, list, type Schema, string } from '../document/schema.ts';
import { parseValidated } from '../document/validated-document.ts';
import { lazyValidator } from '../document/validator.ts';
import type { Mutant } from './mutant.ts';

/**
 * Mutants that are right submissions, too: those of which everything holds that the entry names. Every one
 * of them must get full marks, and there must be one.
 */
export interface Equivalent {
  /** Why it is no mistake. */
  reason: string;
  /** The fixture that it was made of. */
  fixture?: string;
  /** The mutator that made it, or one of several. */
  mutator: string | string[];
  /** Which of the fixture's commands is the first that differs, from 1, or one of several. */
  command?: number | number[];
  /** Patterns of the whole text of the lines that went and of those that came, joined by line feeds. */
  removed?: string;
  added?: string;
}

const pattern: Schema = { type: 'string', format: 'regex' };
const validator = lazyValidator(() =>
  list({
    type: 'object',
    additionalProperties: false,
    required: ['reason', 'mutator'],
    properties: {
      reason: { type: 'string', minLength: 1 },
      fixture: string,
      mutator: { anyOf: [string, list(string)] },
      command: { anyOf: [count, list(count)] },
      removed: pattern,
      added: pattern,
    },
  }),
);

/** Reads `equivalent.json` of a challenge's fixtures; none where there is no such file. Throws UsageError. */
export async function readEquivalents(challenge: string, collection: Collection): Promise<Equivalent[]> {
  const file = join(collection.fixtures, challenge, 'equivalent.json');
  if (!existsSync(file)) return [];
  return parseEquivalents(await readFile(file, 'utf8'), relative(process.cwd(), file));
}

/** Parses the text of such a file; `name` is its name for messages. Throws UsageError with the place. */
export function parseEquivalents(text: string, name: string): Equivalent[] {
  return parseValidated<Equivalent[]>(text, name, validator()).content;
}

/** True where an entry speaks of this mutant. */
export function matches({ fixture, mutator, command, removed, added }: Equivalent, mutant: Mutant): boolean {
  return (
    (fixture === undefined || fixture === mutant.fixture) &&
    [mutator].flat().includes(mutant.mutator) &&
    (command === undefined || [command].flat().includes(mutant.command)) &&
    whole(removed, mutant.removed) &&
    whole(added, mutant.added)
  );
}

function whole(text: string | undefined, lines: readonly string[]): boolean {
  return text === undefined || new RegExp(`^(?:${text})$`).test(lines.join('\n'));
}
