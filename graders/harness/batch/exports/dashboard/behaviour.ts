/**
 * What the dashboard's tables do, as the browser runs it: only the rows that can be seen are elements, so that
 * thousands of them are as quick as ten. Texts become text nodes, never markup.
 */
export const BEHAVIOUR = `
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const [NAME, ID, ALSO, STATUS, SCORE, LATE, RAN, CELLS] = [0, 1, 2, 3, 4, 5, 6, 7];
const several = data.challenges.length > 1;
const TONES = { passed: 'good', 'in part': 'part', failed: 'bad', error: 'warn', pending: 'warn', 'not gradable': 'warn' };
const STATUS_ORDER = Object.keys(data.statuses);
const compareText = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare;

function element(tag, attributes, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
  made.append(...content);
  return made;
}
function unseen(text) { return element('span', { class: 'unseen' }, text); }
function pageOf(row, index) {
  if (!row[CELLS][index][3]) return null;
  const parts = ['reports', ...data.challenges[index].id.split('/'), row[ID] + '.html'];
  return parts.map(encodeURIComponent).join('/');
}
function linked(row, index, ...content) {
  const page = pageOf(row, index);
  return page === null ? element('span', {}, ...content) : element('a', { href: page }, ...content);
}
function duration(seconds) {
  if (seconds < 60) return seconds + ' s';
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return minutes + ' min';
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? hours + ' h ' + (minutes % 60) + ' min' : Math.floor(hours / 24) + ' d ' + (hours % 24) + ' h';
}
function pointsBar(score, most) {
  const space = 'http://www.w3.org/2000/svg';
  const bar = document.createElementNS(space, 'svg');
  bar.setAttribute('class', 'bar');
  bar.setAttribute('aria-hidden', 'true');
  const share = most > 0 ? Math.round((score / most) * 1000) / 10 : 0;
  for (const [kind, x, width] of [['passed', 0, share], ['rest', share, 100 - share]]) {
    const part = document.createElementNS(space, 'rect');
    part.setAttribute('class', kind);
    part.setAttribute('x', x + '%');
    part.setAttribute('width', width + '%');
    part.setAttribute('height', '100%');
    bar.append(part);
  }
  return bar;
}

/* A table of which only the rows in view are elements. */
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

const search = document.getElementById('search');
const status = document.getElementById('status');
const shown = document.getElementById('shown');
const challenge = document.getElementById('challenge');
for (const tools of document.querySelectorAll('.tools')) tools.hidden = false;

const texts = data.rows.map((row) => [row[NAME], row[ID], row[ALSO]].join(' ').toLowerCase());
const order = { key: 'points', down: true };
const nothing = (value) => value === null;
function orderBy(key) {
  if (key === 'name') return (row) => row[NAME];
  if (key === 'status') return (row) => STATUS_ORDER.indexOf(row[STATUS]);
  if (key === 'points') return (row) => (row[STATUS] === 'not submitted' ? null : row[SCORE]);
  if (key === 'late') return (row) => row[LATE];
  if (key === 'ran') return (row) => row[RAN];
  return (row) => (row[CELLS][key][0] === 'not submitted' ? null : row[CELLS][key][1]);
}
function select() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const wanted = status.value;
  const rows = data.rows.filter((row, index) =>
    (wanted === '' || (wanted === 'late' ? row[LATE] > 0 : row[STATUS] === wanted)) &&
    words.every((word) => texts[index].includes(word)));
  const value = orderBy(order.key);
  const sign = order.down ? -1 : 1;
  rows.sort((a, b) => {
    const [one, other] = [value(a), value(b)];
    // What is not known stands last, whichever way it is sorted.
    if (nothing(one) || nothing(other)) return nothing(one) - nothing(other) || compareText(a[NAME], b[NAME]);
    const by = typeof one === 'string' ? compareText(one, other) : one - other;
    return by * sign || compareText(a[NAME], b[NAME]);
  });
  shown.textContent = rows.length === data.rows.length ? '' : rows.length + ' of ' + data.rows.length + ' shown';
  return rows;
}

const table = new LongTable(document.getElementById('submissions'), 'Submissions', 2.75);
const heat = new LongTable(document.getElementById('heat'), 'Checks by submission', 1.75);

const headings = [
  ['name', 'Learner', 'name'],
  ['points', 'Points', 'points'],
  ['status', 'Status', 'state'],
  ...(several ? data.challenges.map(({ id, title }, index) => [index, id.split('/').pop(), 'one', title]) : []),
  ...(data.rows.some((row) => row[LATE] > 0) ? [['late', 'Late', 'late']] : []),
  ['ran', 'Ran', 'ran'],
];
function drawHead() {
  const cells = headings.map(([key, label, kind, title]) => {
    const isOrder = order.key === key;
    const button = element('button', { type: 'button' }, label);
    if (title) button.setAttribute('title', title);
    const sign = element('span', { 'aria-hidden': 'true', class: 'sign' }, isOrder ? (order.down ? '\\u25bc' : '\\u25b2') : '');
    button.append(sign);
    button.addEventListener('click', () => {
      const textFirst = key === 'name' || key === 'status';
      order.down = isOrder ? !order.down : !textFirst;
      order.key = key;
      drawHead();
      update();
      [...table.head.rows[0].cells][headings.findIndex((heading) => heading[0] === key)].querySelector('button').focus();
    });
    return element('th', { scope: 'col', class: kind, 'aria-sort': isOrder ? (order.down ? 'descending' : 'ascending') : 'none' }, button);
  });
  table.columns(cells, headings.map((heading) => heading[2]), tableRow);
}
function person(row, index) {
  const name = element('bdi', {}, row[NAME]);
  const cell = element('th', { scope: 'row', class: 'name' }, index === null ? name : linked(row, index, name));
  if (row[ID] !== row[NAME]) cell.append(' ', element('small', {}, row[ID]));
  cell.title = row[NAME] === row[ID] ? row[NAME] : row[NAME] + ' · ' + row[ID];
  return cell;
}
function tableRow(row) {
  const line = element('tr');
  for (const [key, , kind] of headings) {
    if (key === 'name') { line.append(person(row, several ? null : 0)); continue; }
    const cell = element('td', { class: kind });
    if (key === 'status') {
      cell.append(element('span', { class: 'status ' + (TONES[row[STATUS]] || 'idle') }, data.statuses[row[STATUS]]));
    } else if (key === 'points') {
      if (row[SCORE] === null) cell.append('\\u2013');
      else cell.append(element('span', { class: 'amount' }, String(row[SCORE])), pointsBar(row[SCORE], data.maxScore));
    } else if (key === 'late') {
      if (row[LATE] > 0) cell.append(duration(row[LATE]));
    } else if (key === 'ran') {
      cell.append(row[RAN] === null ? '' : (row[RAN] / 1000).toFixed(2) + ' s');
    } else {
      const [state, score] = row[CELLS][key];
      cell.append(linked(row, key, score === null ? '\\u2013' : String(score), unseen(' points, ' + data.statuses[state])));
      cell.classList.add('tone-' + (TONES[state] || 'idle'));
    }
    line.append(cell);
  }
  return line;
}

const SIGNS = { p: ['good', '\\u2713', 'passed'], f: ['bad', '\\u2717', 'failed'], s: ['idle', '\\u00b7', 'skipped'], e: ['warn', '!', 'not judged'], '-': ['none', '', 'nothing to judge'] };
const columns = document.getElementById('columns');
const legend = document.getElementById('legend');
function drawHeatHead() {
  const all = challenge.value === 'all';
  const index = all ? null : Number(challenge.value);
  const list = all ? data.challenges : data.challenges[index].checks;
  legend.replaceChildren();
  const entries = all
    ? [['good', '\\u2713', 'passed'], ['bad', '5', 'points so far'], ['idle', '0', 'not started'], ['warn', '\\u2013', 'not graded']]
    : Object.values(SIGNS).slice(0, 4);
  for (const [tone, sign, words] of entries)
    legend.append(element('span', {}, element('span', { class: 'cell tone-' + tone, 'aria-hidden': 'true' }, sign), ' ' + words));
  const cells = list.map((one, at) => element('th', { scope: 'col', title: one.title }, element('span', { 'aria-hidden': 'true' }, String(at + 1)), unseen(one.title)));
  heat.columns(
    [element('th', { scope: 'col', class: 'name' }, 'Learner'), ...cells],
    ['name', ...cells.map(() => 'cell')],
    (row) => {
      const line = element('tr', {}, person(row, all ? null : index));
      list.forEach((one, at) => {
        let [tone, sign, words] = ['', '', ''];
        if (all) {
          const [state, score] = row[CELLS][at];
          tone = TONES[state] || 'idle';
          sign = state === 'passed' ? '\\u2713' : score === null ? '\\u2013' : state === 'not submitted' ? '' : String(score);
          words = data.statuses[state];
        } else [tone, sign, words] = SIGNS[row[CELLS][index][2][at]] || SIGNS['-'];
        line.append(element('td', { class: 'tone-' + tone, title: (at + 1) + ' ' + one.title + ': ' + words }, element('span', { 'aria-hidden': 'true' }, sign), unseen(words)));
      });
      return line;
    },
  );
  drawColumns(list, all, index);
}
/* What the columns mean, and how many pass: of those who are shown. */
function drawColumns(list, all, index) {
  columns.replaceChildren(...list.map((one, at) => {
    let [passed, judged] = [0, 0];
    for (const row of current) {
      const cell = row[CELLS][all ? at : index];
      const letter = all ? (cell[3] ? (cell[0] === 'passed' ? 'p' : 'f') : '-') : cell[2][at] || '-';
      if (letter === '-' || letter === 'e') continue;
      judged += 1;
      if (letter === 'p') passed += 1;
    }
    const words = judged === 0 ? 'nobody yet' : Math.round((passed / judged) * 100) + ' %';
    return element('li', {}, element('span', {}, one.title), element('span', { class: 'number' }, words), pointsBar(passed, judged));
  }));
}

let current = [];
function update() {
  current = select();
  table.show(current);
  drawHeatHead();
  heat.show(current);
}
drawHead();
update();
search.addEventListener('input', update);
status.addEventListener('change', update);
challenge.addEventListener('change', () => {
  drawHeatHead();
  heat.show(current);
});

let folded = [];
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')];
  for (const details of folded) details.open = true;
  table.draw(true);
  heat.draw(true);
});
addEventListener('afterprint', () => {
  for (const details of folded) details.open = false;
  table.draw();
  heat.draw();
});
`;
