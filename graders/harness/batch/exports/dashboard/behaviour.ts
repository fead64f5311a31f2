import { CHECKS_TABLE } from './behaviour/checks-table.ts';
import { ELEMENTS } from './behaviour/elements.ts';
import { LONG_TABLE } from './behaviour/long-table.ts';
import { SUBMISSIONS_TABLE } from './behaviour/submissions-table.ts';

/** The tables as they are at first, whenever something is asked of them, and on paper. */
const START = `let current = [];
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

/**
 * What the dashboard's tables do, as the browser runs it, as one script. Texts become text nodes, never markup.
 */
export const BEHAVIOUR = [ELEMENTS, LONG_TABLE, SUBMISSIONS_TABLE, CHECKS_TABLE, START].join('');
