import { createHash } from 'node:crypto';
import { nameOf } from '../edit.ts';
import type { Mutator, Words } from '../mutant.ts';

/** A piece of Lua source, and where it begins. */
interface Token {
  text: string;
  start: number;
}

/** A comment, a quoted text, a name, a number, or a sign. */
const TOKEN =
  /--\[\[[\s\S]*?\]\]|--.*|'(?:\\[\s\S]|[^'\\])*'|"(?:\\[\s\S]|[^"\\])*"|[A-Za-z_]\w*|\d+(?:\.\d+)?|[<>=~]=|\.\.\.?|[^\s\w]/g;
/** Behind one of these a minus belongs to the number that follows. */
const BEFORE_UNARY = /^(?:[-+*/%<>=,({[]|[<>=~]=|\.\.|return|and|or|not|then|else)$/;

const COMPARISONS: Record<string, string> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '==': '~=',
  '~=': '==',
};
const ARITHMETIC: Record<string, string> = { '+': '-', '-': '+', '*': '/', '/': '*' };
const LOGIC: Record<string, string> = { and: 'or', or: 'and' };
const TIMES: Record<string, string> = { EXPIRE: 'PEXPIRE', PEXPIRE: 'EXPIRE', EX: 'PX', PX: 'EX' };

/** Mistakes within Lua scripts and functions, one at a time. */
export const LUA_MUTATORS: readonly Mutator[] = [
  mutator('lua-comparison', ({ text }) => COMPARISONS[text]),
  mutator('lua-arithmetic', ({ text }, before) =>
    before && BEFORE_UNARY.test(before.text) ? undefined : ARITHMETIC[text],
  ),
  mutator('lua-logic', ({ text }) => LOGIC[text]),
  mutator('lua-number', ({ text }) => (/^\d/.test(text) ? String(Number(text) + 1) : undefined)),
  mutator('lua-text', ({ text }) => otherText(text)),
  // Without the function its argument stays, in brackets.
  mutator('lua-no-tonumber', ({ text }) => (text === 'tonumber' ? '' : undefined)),
  { id: 'lua-drop-call', mutate: ({ commands }) => eachSource(commands, withoutCalls) },
];

function mutator(
  id: string,
  change: (token: Token, before: Token | undefined) => string | undefined,
): Mutator {
  const changed = (source: string) => {
    const tokens = tokensOf(source);
    return tokens.flatMap((token, index) => {
      const other = change(token, tokens[index - 1]);
      return other === undefined ? [] : [replaced(source, token, other)];
    });
  };
  return { id, mutate: ({ commands }) => eachSource(commands, changed) };
}

function tokensOf(source: string): Token[] {
  return [...source.matchAll(TOKEN)]
    .map(({ 0: text, index }) => ({ text, start: index }))
    .filter(({ text }) => !text.startsWith('--') && !text.startsWith('#!'));
}

function replaced(source: string, { text, start }: Token, other: string): string {
  return source.slice(0, start) + other + source.slice(start + text.length);
}

/** A quoted text with another unit in it, or longer by a bit; a command's name stays what it is. */
function otherText(token: string): string | undefined {
  const [quote, text] = [token[0], token.slice(1, -1)];
  if (quote !== "'" && quote !== '"') return undefined;
  const time = TIMES[text.toUpperCase()];
  if (time !== undefined) return quote + time + quote;
  return /^[A-Z]{2,}$/.test(text) ? undefined : `${quote}${text}_2${quote}`;
}

const CALL = /\b(?:redis|server)\.p?call\(/g;

/** The source without one of the calls whose answer it does not use. */
function withoutCalls(source: string): string[] {
  return [...source.matchAll(CALL)].flatMap(({ 0: head, index }) => {
    const before = tokensOf(source.slice(0, index)).at(-1);
    // A statement of its own stands at the beginning, on a line of its own or behind one of these words.
    const line = source.slice(source.lastIndexOf('\n', index) + 1, index);
    const isStatement =
      line.trim() === ''
        ? !/^(?:[=,({[]|\.\.|return)$/.test(before?.text ?? '')
        : /^(?:then|do|else|;)$/.test(before?.text ?? '');
    const end = isStatement ? closing(source, index + head.length) : undefined;
    return end === undefined ? [] : [source.slice(0, index) + source.slice(end)];
  });
}

/** Behind the bracket that closes the one that was opened just before; undefined where what follows uses the answer. */
function closing(source: string, start: number): number | undefined {
  let depth = 1;
  for (const { text, start: offset } of tokensOf(source.slice(start))) {
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth > 0) continue;
    const end = start + offset + 1;
    return /^\s*[[.]/.test(source.slice(end)) ? undefined : end;
  }
  return undefined;
}

/**
 * Changes each source that commands hold, in every way. One that is written out several times is changed
 * everywhere, and calls by its digest become calls of the new one.
 */
function eachSource(commands: readonly Words[], change: (source: string) => string[]): Words[][] {
  const sources = new Set(commands.flatMap((words) => words[sourceIndex(words)] ?? []));
  return [...sources].flatMap((source) =>
    change(source).map((other) => {
      const [from, to] = [digest(source), digest(other)];
      return commands.map((words) =>
        words.map((word) => (word === source ? other : word.toLowerCase() === from ? to : word)),
      );
    }),
  );
}

/** Where a command holds Lua: EVAL in front, SCRIPT LOAD and FUNCTION LOAD at the end; -1 for nowhere. */
function sourceIndex(words: Words): number {
  if (/^EVAL(?:_RO)?$/.test(nameOf(words))) return 1;
  const isLoad = /^(?:SCRIPT|FUNCTION)$/.test(nameOf(words)) && /^load$/i.test(words[1] ?? '');
  return isLoad ? words.length - 1 : -1;
}

function digest(source: string): string {
  return createHash('sha1').update(source, 'latin1').digest('hex');
}
