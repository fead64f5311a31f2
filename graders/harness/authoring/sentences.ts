/** A sentence of the instructions that may ask for something. */
export interface Sentence {
  /** As it is read: without the marks of code and emphasis. */
  text: string;
  /** The line on which its paragraph begins, from 1. */
  line: number;
}

/** The sections that say what a learner is to do. */
const ASKING = /^## What (?:to do|must hold)\b/;

/**
 * The sentences of the sections of a README.md that say what to do and what must hold, in order. A table belongs to the
 * sentence before it, and what is code alone is none.
 */
export function sentencesOf(markdown: string): Sentence[] {
  return paragraphsOf(markdown).flatMap(({ text, line }) =>
    splitSentences(readable(text)).map((sentence) => ({ text: sentence, line })),
  );
}

/** Text as it is read, for comparing: in one line, without the marks of code, emphasis and links. */
export function readable(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*\\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

interface Paragraph {
  text: string;
  line: number;
}

function paragraphsOf(markdown: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let open: Paragraph | undefined;
  let isAsking = false;
  let isCode = false;
  for (const [index, line] of markdown.split('\n').entries()) {
    if (/^\s*```/.test(line)) isCode = !isCode;
    if (/^#/.test(line) && !isCode) isAsking = ASKING.test(line);
    const isText = isAsking && !isCode && !/^\s*(?:$|#|\||```)/.test(line);
    const item = /^\s*(?:[-*]|\d+\.)\s+/.exec(line)?.[0] ?? '';
    if (!isText || item !== '') open = undefined;
    if (!isText) continue;
    if (!open) {
      open = { text: '', line: index + 1 };
      paragraphs.push(open);
    }
    open.text += `${line.slice(item.length)} `;
  }
  return paragraphs;
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'sentence' });

function splitSentences(text: string): string[] {
  return [...SEGMENTER.segment(text)].map(({ segment }) => segment.trim()).filter((part) => part !== '');
}
