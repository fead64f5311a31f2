import {
  type Color,
  createAnsiSequenceParser,
  createColorPalette,
  type ParseToken,
} from 'ansi-sequence-parser';
import stringWidth from 'fast-string-width';
import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';

/** What a terminal shows: lines of text with ANSI colours, and the words in the window's title bar. */
export interface Screen {
  text: string;
  title: string;
  /** The window's width in columns; a longer line makes it wider. */
  columns: number;
}

/** Sizes in pixels. Every run of text is fitted to its columns, so that the reader's font may be any. */
const CELL = { width: 8, height: 19 };
const FONT_SIZE = 13.3;
/** From the top of a line to the foot of its letters. */
const BASELINE = 14;
const TITLE_BAR = 32;
const PADDING = { x: 14, y: 10 };
const FONTS =
  'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace';

/** A window of its own that can be told from a light and from a dark page; each colour is legible on it. */
const WINDOW = { body: '#161b22', bar: '#21262d', edge: '#3d444d', title: '#9aa4af' };
const PLAIN = '#e6edf3';
const DIM = '#8d96a0';
const PALETTE = createColorPalette({
  black: '#484f58',
  red: '#ff7b72',
  green: '#3fb950',
  yellow: '#e3b341',
  blue: '#79c0ff',
  magenta: '#d2a8ff',
  cyan: '#56d4dd',
  white: PLAIN,
  brightBlack: DIM,
  brightRed: '#ffa198',
  brightGreen: '#56d364',
  brightYellow: '#f2cc60',
  brightBlue: '#a5d6ff',
  brightMagenta: '#e2c5ff',
  brightCyan: '#b3f0ff',
  brightWhite: '#ffffff',
});

/** Bars are drawn, not written: fonts leave gaps between these letters. The value is how much they cover. */
const BLOCKS = new Map([
  ['█', 1],
  ['░', 0.35],
]);
/** A bar; or text in which no two blanks follow each other, since XML makes one of them. */
const RUN = /█+|░+|[^\s█░]+(?: [^\s█░]+)*/g;

/** A picture of a terminal window as an SVG document. Pure: the same screen gives the same picture. */
export function terminalSvg({ text, title, columns }: Screen): string {
  const lines = text.replace(/^\n+|\n+$/g, '').split('\n');
  const parser = createAnsiSequenceParser();
  const runs = lines.flatMap((line, index) => runsOf(parser.parse(line), index));
  const widest = Math.max(columns, ...runs.map(({ column, width }) => column + width));
  const width = widest * CELL.width + 2 * PADDING.x;
  const height = lines.length * CELL.height + TITLE_BAR + 2 * PADDING.y;

  const svg = create().ele('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    role: 'img',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': FONTS,
    'font-size': FONT_SIZE,
  });
  svg.ele('title').txt(xmlText(title));
  const edge = { x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 8, stroke: WINDOW.edge };
  svg.ele('rect', { ...edge, fill: WINDOW.body });
  svg.ele('path', { d: barShape(width), fill: WINDOW.bar });
  for (const [index, fill] of ['#ff5f57', '#febc2e', '#28c840'].entries())
    svg.ele('circle', { cx: 18 + 18 * index, cy: TITLE_BAR / 2, r: 5.5, fill });
  svg
    .ele('text', { x: width / 2, y: TITLE_BAR / 2 + 4.5, 'text-anchor': 'middle', fill: WINDOW.title })
    .txt(xmlText(title));
  for (const run of runs) draw(svg, run);
  return `${svg.end({ prettyPrint: true, headless: true })}\n`;
}

/** Text of one look that stands together in a line. */
interface Run {
  text: string;
  line: number;
  column: number;
  /** In columns. */
  width: number;
  fill: string;
  bold: boolean;
}

function runsOf(tokens: readonly ParseToken[], line: number): Run[] {
  const runs: Run[] = [];
  let column = 0;
  for (const { value, foreground, decorations } of tokens) {
    const look = { fill: fillOf(foreground, decorations.has('dim')), bold: decorations.has('bold') };
    for (const { 0: text, index } of value.matchAll(RUN)) {
      const before = stringWidth(value.slice(0, index));
      runs.push({ text, line, column: column + before, width: stringWidth(text), ...look });
    }
    column += stringWidth(value);
  }
  return runs;
}

function fillOf(color: Color | null, dim: boolean): string {
  if (color !== null) return PALETTE.value(color);
  return dim ? DIM : PLAIN;
}

function draw(svg: XMLBuilder, { text, line, column, width, fill, bold }: Run): void {
  const x = PADDING.x + column * CELL.width;
  const y = TITLE_BAR + PADDING.y + line * CELL.height;
  const length = width * CELL.width;
  const opacity = BLOCKS.get(text.charAt(0));
  if (opacity !== undefined) {
    svg.ele('rect', { x, y: y + 3, width: length, height: CELL.height - 6, fill, opacity });
    return;
  }
  const look = { x, y: y + BASELINE, fill, ...(bold ? { 'font-weight': 600 } : {}) };
  svg.ele('text', { ...look, textLength: length, lengthAdjust: 'spacingAndGlyphs' }).txt(xmlText(text));
}

/** A text as the builder is to get it: it leaves `&name;` as it is, which is markup then. */
function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;');
}

/** The window's upper part: round above, straight below. */
function barShape(width: number): string {
  return `M1 ${TITLE_BAR}V8.5a7.5 7.5 0 0 1 7.5-7.5H${width - 8.5}a7.5 7.5 0 0 1 7.5 7.5V${TITLE_BAR}z`;
}
