import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Optional, type Static, Union } from 'typebox';
import { count, documentOf, list, object, text } from '../../base/document/define.ts';
import { parseValidated } from '../../base/document/validated-document.ts';
import { lazyValidator } from '../../base/document/validator.ts';
import { readTextOf } from '../../base/plain-file.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import type { Mutant } from './mutant.ts';

const textOrSome = (description: string) => Union([text(), list(text())], { description });
const countOrSome = (description: string) => Union([count(), list(count())], { description });
const pattern = (description: string) => text(description, { format: 'regex' });

const Equivalent = object({
  reason: text('Why it is no mistake.', { minLength: 1 }),
  fixture: Optional(text('The fixture that it was made of.')),
  mutator: textOrSome('The mutator that made it, or one of several.'),
  command: Optional(
    countOrSome("Which of the fixture's commands is the first that differs, from 1, or one of several."),
  ),
  removed: Optional(pattern('Of the whole text of the lines that went, joined by line feeds.')),
  added: Optional(pattern('Of the whole text of the lines that came, joined by line feeds.')),
});
/**
 * Mutants that are right submissions, too: those of which everything holds that the entry names. Every one
 * of them must get full marks, and there must be one.
 */
export interface Equivalent extends Static<typeof Equivalent> {}

const validator = lazyValidator(() => documentOf('Mutants that are no mistakes', list(Equivalent)));

/** Reads `equivalent.json` of a challenge's fixtures; none where there is no such file. Throws UsageError. */
export async function readEquivalents(challenge: string, collection: Collection): Promise<Equivalent[]> {
  const file = join(collection.fixtures, challenge, 'equivalent.json');
  if (!existsSync(file)) return [];
  return parseEquivalents(await readTextOf(file), relative(process.cwd(), file));
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
