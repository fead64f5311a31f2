/** The table of checks by submission, its legend, and what its columns mean. */
export const CHECKS_TABLE = `const SIGNS = { p: ['good', '\\u2713', 'passed'], f: ['bad', '\\u2717', 'failed'], s: ['idle', '\\u00b7', 'skipped'], e: ['warn', '!', 'not judged'], '-': ['none', '', 'nothing to judge'] };
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

`;
