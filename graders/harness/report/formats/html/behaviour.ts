/**
 * What the page does beyond standing there, as the browser runs it: it opens what a link leads into, opens
 * everything for printing, and filters traces. The page can be read without it.
 */
export const BEHAVIOUR = `
'use strict';
function openTo(element) {
  for (let at = element; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
}
function followHash() {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  openTo(target);
  target.scrollIntoView();
  target.focus({ preventScroll: true });
}
addEventListener('hashchange', followHash);
followHash();

let folded = [];
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')];
  for (const details of folded) details.open = true;
});
addEventListener('afterprint', () => {
  for (const details of folded) details.open = false;
});

for (const filter of document.querySelectorAll('[data-filter]')) {
  const rows = [...document.getElementById(filter.dataset.filter).tBodies[0].rows];
  const text = filter.querySelector('input[type=search]');
  const marked = filter.querySelector('input[type=checkbox]');
  const output = filter.querySelector('output');
  const apply = () => {
    const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const isFiltering = words.length > 0 || (marked !== null && marked.checked);
    let shown = 0;
    for (const row of rows) {
      const content = row.textContent.toLowerCase();
      const isGap = row.classList.contains('gap');
      const fits = words.every((word) => content.includes(word));
      row.hidden = isFiltering && (isGap || !fits || (marked !== null && marked.checked && !row.classList.contains('marked')));
      if (!row.hidden && !isGap) shown += 1;
    }
    output.textContent = isFiltering ? shown + ' of ' + rows.length + ' shown' : '';
  };
  text.addEventListener('input', apply);
  if (marked !== null) marked.addEventListener('change', apply);
  filter.hidden = false;
}
`;
