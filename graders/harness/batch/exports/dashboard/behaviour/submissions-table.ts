/** The table of submissions: what is searched for, the order, the rows. */
export const SUBMISSIONS_TABLE = `const search = document.getElementById('search');
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

`;
