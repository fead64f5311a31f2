import { readJson } from '../../../judging/checks/json-document.ts';
import type { Json } from '../../../judging/checks/value-conditions.ts';
import { type Place, placesOf, replaceWord } from '../edit.ts';
import type { Mutator, Words } from '../mutant.ts';

/** Mistakes within values that are documents in JSON. */
export const JSON_MUTATORS: readonly Mutator[] = [
  {
    id: 'json-value',
    mutate: ({ commands }) =>
      eachDocument(commands, (document) =>
        withEachLeaf(document, (leaf) =>
          typeof leaf === 'number' ? leaf + 1 : typeof leaf === 'boolean' ? !leaf : `${leaf ?? ''}_2`,
        ),
      ),
  },
  {
    // What a client does that turns everything into text.
    id: 'json-number-as-text',
    mutate: ({ commands }) =>
      eachDocument(commands, (document) =>
        withEachLeaf(document, (leaf) => (typeof leaf === 'number' ? String(leaf) : undefined)),
      ),
  },
  {
    id: 'json-drop-member',
    mutate: ({ commands }) =>
      eachDocument(commands, (document) =>
        Array.isArray(document)
          ? []
          : Object.keys(document).map((name) =>
              Object.fromEntries(Object.entries(document).filter(([other]) => other !== name)),
            ),
      ),
  },
];

type Container = Json[] | { [member: string]: Json };

/** The document that a text holds; undefined for any other text, a number or a word in quotes included. */
export function documentIn(text: string): Container | undefined {
  const document = readJson(text);
  return document.problem === undefined && typeof document.value === 'object' && document.value !== null
    ? document.value
    : undefined;
}

function eachDocument(
  commands: readonly Words[],
  mutate: (document: Container) => readonly Json[],
): Words[][] {
  return placesOf(commands, 'value').flatMap((place: Place) => {
    const document = documentIn(place.text);
    return (document ? mutate(document) : []).map((other) =>
      replaceWord(commands, place, JSON.stringify(other)),
    );
  });
}

/** The document once for each of its leaves, with that one changed; those for which there is no change are left out. */
function withEachLeaf(value: Json, change: (leaf: Exclude<Json, Container>) => Json | undefined): Json[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      withEachLeaf(item, change).map((other) => value.with(index, other)),
    );
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, item]) =>
      withEachLeaf(item, change).map((other) => ({ ...value, [name]: other })),
    );
  const other = change(value);
  return other === undefined ? [] : [other];
}
