import { element } from './elements.ts';

/** Rows that are made beyond those in view, on either side. */
const SPARE = 12;

/** A table of which only the rows in view are elements: thousands of them are as quick as ten. */
export class LongTable<Row> {
  readonly head = element('thead');
  readonly #body = element('tbody');
  readonly #above = element('tbody', { 'aria-hidden': 'true' });
  readonly #below = element('tbody', { 'aria-hidden': 'true' });
  readonly #table: HTMLTableElement;
  readonly #box: HTMLElement;
  readonly #rowRem: number;
  #rows: readonly Row[] = [];
  #makeRow: (row: Row) => HTMLTableRowElement = () => element('tr');
  /** The rows that are elements, by their position. */
  readonly #made = new Map<number, HTMLTableRowElement>();

  /** Puts the table into a box that scrolls. Each row is as high as the style sheet makes it, in rem. */
  constructor(box: HTMLElement, label: string, rowRem: number) {
    this.#box = box;
    this.#rowRem = rowRem;
    const caption = element('caption', { class: 'unseen' }, label);
    this.#table = element('table', {}, caption, this.head, this.#above, this.#body, this.#below);
    box.append(this.#table);
    box.addEventListener('scroll', () => this.draw(), { passive: true });
    addEventListener('resize', () => this.draw());
  }

  /** Gives the table other columns: the cells of its head, the class of each column, and what makes a row. */
  columns(
    cells: readonly Node[],
    classes: readonly string[],
    makeRow: (row: Row) => HTMLTableRowElement,
  ): void {
    this.head.replaceChildren(element('tr', { 'aria-rowindex': '1' }, ...cells));
    this.#table.querySelector('colgroup')?.remove();
    const columns = classes.map((name) => element('col', { class: name }));
    this.head.before(element('colgroup', {}, ...columns));
    this.#makeRow = makeRow;
  }

  /** Shows these rows, from the first on. */
  show(rows: readonly Row[]): void {
    this.#rows = rows;
    this.#body.replaceChildren();
    this.#made.clear();
    this.#table.setAttribute('aria-rowcount', String(rows.length + 1));
    this.#box.classList.toggle('empty', rows.length === 0);
    this.#box.scrollTop = 0;
    this.draw();
  }

  /** Makes the rows that are in view, and removes those that are not; or makes all of them, for paper. */
  draw(everything = false): void {
    const height = this.#rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const [first, last] = everything ? [0, this.#rows.length] : this.#inView(height);
    for (const [index, row] of this.#made) {
      if (index >= first && index < last) continue;
      if (row.contains(document.activeElement)) this.#box.focus({ preventScroll: true });
      row.remove();
      this.#made.delete(index);
    }
    let next = this.#body.firstChild;
    for (const [offset, content] of this.#rows.slice(first, last).entries()) {
      const index = first + offset;
      const there = this.#made.get(index);
      if (there) {
        next = there.nextSibling;
        continue;
      }
      const row = this.#makeRow(content);
      row.setAttribute('aria-rowindex', String(index + 2));
      this.#made.set(index, row);
      this.#body.insertBefore(row, next);
    }
    this.#space(this.#above, first * height);
    this.#space(this.#below, (this.#rows.length - last) * height);
  }

  #inView(height: number): [first: number, last: number] {
    const { scrollTop, clientHeight } = this.#box;
    const end = Math.ceil((scrollTop + Math.max(clientHeight, innerHeight)) / height) + SPARE;
    return [Math.max(0, Math.floor(scrollTop / height) - SPARE), Math.min(this.#rows.length, end)];
  }

  /** Stands for the rows above or below that are no elements. */
  #space(part: HTMLElement, height: number): void {
    if (part.dataset.height === String(height)) return;
    part.dataset.height = String(height);
    part.replaceChildren();
    if (height === 0) return;
    const cell = element('td', { colspan: String(this.head.rows[0]?.cells.length ?? 1) });
    cell.style.height = `${height}px`;
    part.append(element('tr', {}, cell));
  }
}
