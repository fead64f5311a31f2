import { byId } from './page-elements.ts';
import { searchWords } from './search-words.ts';

/** Makes the filter above a trace work, and shows it. */
export function startTraceFilter(filter: HTMLElement): void {
  const rows = [...(byId(filter.dataset.filter ?? '', HTMLTableElement).tBodies[0]?.rows ?? [])];
  const text = filter.querySelector<HTMLInputElement>('input[type=search]');
  const output = filter.querySelector('output');
  if (!text || !output) throw new Error('A filter has a field and an output.');
  // Only where checks name commands.
  const marked = filter.querySelector<HTMLInputElement>('input[type=checkbox]');
  const apply = () => {
    const words = searchWords(text.value);
    const isMarkedOnly = marked?.checked ?? false;
    const isFiltering = words.length > 0 || isMarkedOnly;
    let shown = 0;
    for (const row of rows) {
      const isGap = row.classList.contains('gap');
      const content = (row.textContent ?? '').toLowerCase();
      const fits =
        words.every((word) => content.includes(word)) && (!isMarkedOnly || row.classList.contains('marked'));
      row.hidden = isFiltering && (isGap || !fits);
      if (!row.hidden && !isGap) shown += 1;
    }
    output.textContent = isFiltering ? `${shown} of ${rows.length} shown` : '';
  };
  text.addEventListener('input', apply);
  marked?.addEventListener('change', apply);
  filter.hidden = false;
}
