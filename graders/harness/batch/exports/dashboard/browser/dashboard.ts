// What the dashboard does: it makes its tables, whenever something is asked of them, and on paper.
import { unfoldForPrint } from '../../../../reports/formats/html/browser/unfold-for-print.ts';
import { checksMap, onChallenge, showChecks } from './checks-map.ts';
import type { Row } from './rows.ts';
import { onSelection, selectedRows } from './selection.ts';
import { drawSubmissionsHead, submissionsTable } from './submissions-table.ts';

let shown: readonly Row[] = [];

function update(): void {
  shown = selectedRows();
  submissionsTable.show(shown);
  showChecks(shown);
}

for (const tools of document.querySelectorAll<HTMLElement>('.tools')) tools.hidden = false;
drawSubmissionsHead(update);
update();
onSelection(update);
onChallenge(() => showChecks(shown));

unfoldForPrint();
addEventListener('beforeprint', () => {
  submissionsTable.draw(true);
  checksMap.draw(true);
});
addEventListener('afterprint', () => {
  submissionsTable.draw();
  checksMap.draw();
});
