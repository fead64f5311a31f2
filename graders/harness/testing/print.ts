import { spawnSync } from 'node:child_process';
import type { Page } from 'playwright-core';

/**
 * The elements of a page that Chromium lays upon others, or cuts, at the end of a sheet: grids with several rows,
 * headings that want no break after them in a box that wants none in it, and boxes that scroll.
 */
export async function printHazards(page: Page): Promise<string[]> {
  await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
  await page.emulateMedia({ media: 'print' });
  const found = (await page.evaluate(`[...document.querySelectorAll('main, main *')].flatMap((element) => {
    const style = getComputedStyle(element);
    const name = [element.localName, ...element.classList].join('.') + (element.id ? '#' + element.id : '');
    if (!element.checkVisibility() || element.closest('svg, li.unseen')) return [];
    const rows = style.display === 'grid' ? style.gridTemplateRows.split(' ').length : 0;
    const isTall = rows > 1 && element.getBoundingClientRect().height > 300;
    const kept = [];
    for (let at = element.parentElement; at; at = at.parentElement)
      if (getComputedStyle(at).breakInside === 'avoid') kept.push(at);
    return [
      ...(isTall ? [name + ' is a grid'] : []),
      ...(style.breakAfter === 'avoid' && kept.length > 0 ? [name + ' wants no break after it'] : []),
      ...(['auto', 'scroll'].includes(style.overflowY) ? [name + ' scrolls'] : []),
    ];
  })`)) as string[];
  return [...new Set(found)];
}

/** A word of a sheet, and where it stands. */
interface Word {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Words of a PDF that are printed upon each other, in pairs; none where there is no pdftotext to find them. */
export function wordsUponEachOther(pdf: Buffer): string[] {
  const { status, stdout } = spawnSync('pdftotext', ['-bbox', '-', '-'], {
    input: pdf,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) return [];
  return stdout.split('<page ').flatMap((sheet) => {
    const words = wordsOf(sheet).sort((a, b) => a.top - b.top);
    return words.flatMap((one, index) => {
      const pairs: string[] = [];
      for (const other of words.slice(index + 1)) {
        if (other.top >= one.bottom) break;
        if (sharesPlace(one, other)) pairs.push(`${one.text} | ${other.text}`);
      }
      return pairs;
    });
  });
}

function wordsOf(sheet: string): Word[] {
  const found = sheet.matchAll(
    /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g,
  );
  return [...found].map(([, left, top, right, bottom, text = '']) => ({
    text,
    left: Number(left),
    right: Number(right),
    top: Number(top),
    bottom: Number(bottom),
  }));
}

/** Boxes of lines that follow each other touch; those of words upon each other share a third of their height. */
function sharesPlace(one: Word, other: Word): boolean {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return width > 1 && height > Math.min(one.bottom - one.top, other.bottom - other.top) / 3;
}
