/** The data of the page, and what its tables are made of. */
export const ELEMENTS = `
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

`;
