/** A table of which only the rows in view are elements: thousands of them are as quick as ten. */
export const LONG_TABLE = `/* A table of which only the rows in view are elements. */
class LongTable {
  constructor(box, label, rowRem) {
    this.box = box;
    this.rowRem = rowRem;
    this.rows = [];
    this.made = new Map();
    this.head = element('thead');
    this.above = element('tbody', { 'aria-hidden': 'true' });
    this.body = element('tbody');
    this.below = element('tbody', { 'aria-hidden': 'true' });
    this.table = element('table', {}, element('caption', { class: 'unseen' }, label), this.head, this.above, this.body, this.below);
    box.append(this.table);
    box.addEventListener('scroll', () => this.draw(), { passive: true });
    addEventListener('resize', () => this.draw());
  }
  columns(cells, classes, makeRow) {
    this.head.replaceChildren(element('tr', { 'aria-rowindex': 1 }, ...cells));
    const old = this.table.querySelector('colgroup');
    if (old) old.remove();
    this.head.before(element('colgroup', {}, ...classes.map((name) => element('col', { class: name }))));
    this.makeRow = makeRow;
  }
  show(rows) {
    this.rows = rows;
    this.clear();
    this.table.setAttribute('aria-rowcount', rows.length + 1);
    this.box.classList.toggle('empty', rows.length === 0);
    this.box.scrollTop = 0;
    this.draw();
  }
  clear() {
    this.body.replaceChildren();
    this.made.clear();
  }
  draw(everything) {
    const height = this.rowRem * parseFloat(getComputedStyle(document.documentElement).fontSize);
    const spare = 12;
    const first = everything ? 0 : Math.max(0, Math.floor(this.box.scrollTop / height) - spare);
    const last = everything ? this.rows.length : Math.min(this.rows.length, Math.ceil((this.box.scrollTop + Math.max(this.box.clientHeight, innerHeight)) / height) + spare);
    for (const [index, row] of this.made) {
      if (index >= first && index < last) continue;
      if (row.contains(document.activeElement)) this.box.focus({ preventScroll: true });
      row.remove();
      this.made.delete(index);
    }
    let next = this.body.firstChild;
    for (let index = first; index < last; index += 1) {
      let row = this.made.get(index);
      if (row) {
        next = row.nextSibling;
        continue;
      }
      row = this.makeRow(this.rows[index]);
      row.setAttribute('aria-rowindex', index + 2);
      this.made.set(index, row);
      this.body.insertBefore(row, next);
    }
    this.space(this.above, first * height);
    this.space(this.below, (this.rows.length - last) * height);
  }
  space(part, height) {
    if (part.dataset.height === String(height)) return;
    part.dataset.height = String(height);
    part.replaceChildren();
    if (height === 0) return;
    const cell = element('td', { colspan: this.head.rows[0].cells.length });
    cell.style.height = height + 'px';
    part.append(element('tr', {}, cell));
  }
}

`;
