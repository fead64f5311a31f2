const NUMBERS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const UNITS = [
  { seconds: 0.001, names: ['ms', 'milliseconds?'] },
  { seconds: 1, names: ['s', 'seconds?'] },
  { seconds: 60, names: ['min', 'minutes?'] },
  { seconds: 3600, names: ['h', 'hours?'] },
  { seconds: 86_400, names: ['days?'] },
];

/** True where a text holds a value as a word of its own, be it broken over lines. */
export function mentions(text: string, value: string): boolean {
  const words = value.split(/\s+/).map(escaped).join('\\s+');
  return new RegExp(`(?<![\\w:-])${words}(?!\\w|[:-]\\w)`).test(text);
}

/** As {@link mentions}; a small number may be spelt out. */
export function mentionsNumber(text: string, number: number): boolean {
  return spellings(number).some((word) => new RegExp(`(?<![\\w.])${word}(?!\\w|\\.\\d)`, 'i').test(text));
}

/** True where a text holds a span of time, in whatever unit: `3600 seconds`, `an hour`. */
export function mentionsTime(text: string, seconds: number): boolean {
  return (
    UNITS.some((unit) => {
      const number = Number((seconds / unit.seconds).toPrecision(12));
      const amount = [...spellings(number), ...(number === 1 ? ['an?'] : [])].join('|');
      return new RegExp(`(?<![\\w.])(?:${amount})[\\s-]*(?:${unit.names.join('|')})\\b`, 'i').test(text);
    }) || mentionsNumber(text, seconds)
  );
}

/** True where a text names a key, or a pattern that covers it: `fleet:*`, `fleet:<planet>`, `fleet:{a,b}`. */
export function mentionsKey(text: string, key: string): boolean {
  if (mentions(text, key)) return true;
  const words = text.split(/[\s`"'|()]+/).map((word) => word.replace(/[.,;:]+$/, ''));
  return words.some((word) => /^\w.*[*<{]/.test(word) && asPattern(word).test(key));
}

function asPattern(word: string): RegExp {
  const source = escaped(word)
    .replace(/\\\*/g, '.*')
    .replace(/<[^>]+>/g, '.+')
    .replace(/\\\{([^}]*)\\\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`);
  return new RegExp(`^${source}$`);
}

function spellings(number: number): string[] {
  return [escaped(String(number)), NUMBERS[number] ?? ''].filter((word) => word !== '');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
