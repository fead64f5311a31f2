/** A word of a text, without quotes, Markdown's marks and punctuation, and where it begins (from 1). */
export interface Word {
  text: string;
  line: number;
  column: number;
}

/** The words of a text, for comparing prose with commands. */
export function wordsOf(text: string): Word[] {
  return text.split('\n').flatMap((content, index) =>
    [...content.matchAll(/\S+/g)].flatMap((match) => {
      const plain = plainWord(match[0]);
      return plain === '' ? [] : [{ text: plain, line: index + 1, column: match.index + 1 }];
    }),
  );
}

/**
 * Where the words of a command stand one behind the other; undefined for nowhere. Its name may be in small
 * letters where a key or the like follows, so that `get ready` is no GET.
 */
export function findWords(words: readonly Word[], wanted: readonly string[]): Word | undefined {
  const anyCase = wanted.slice(1).some((word) => /[:_]/.test(word));
  const plain = (text: string | undefined, offset: number) =>
    anyCase && offset === 0 ? text?.toUpperCase() : text;
  return words.find((_, start) =>
    wanted.every((text, offset) => plain(words[start + offset]?.text, offset) === plain(text, offset)),
  );
}

/** A command as words: the name in capitals, and its arguments as {@link wordsOf} has them. */
export function commandWords(args: readonly (string | Buffer)[]): string[] {
  const [name = '', ...rest] = args.map(String);
  return [name.toUpperCase(), ...wordsOf(rest.join(' ')).map(({ text }) => text)];
}

function plainWord(word: string): string {
  return word
    .replace(/["'`]/g, '')
    .replace(/[.,;:!?)]+$/, '')
    .replace(/^[([]+/, '');
}
