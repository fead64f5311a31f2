/** The rows of a trace, as a list of which a step can be chosen. */
export class StepList {
  /** The row in which each step's changes are, and all rows that it has; by the step's number. */
  readonly #main = new Map<number, HTMLTableRowElement>();
  readonly #rows = new Map<number, HTMLTableRowElement[]>();
  readonly #buttons = new Map<number, HTMLButtonElement>();
  #chosen: number | null = null;
  /** The button that the Tab key leads to. */
  #entrance: HTMLButtonElement | undefined;

  /** `last` is the last step that can be chosen; `choose` is called with the one that is. */
  constructor(table: HTMLTableElement, last: number, choose: (step: number) => void) {
    addStart(table);
    for (const row of table.tBodies[0]?.rows ?? []) {
      const step = Number(row.dataset.step);
      if (!(step <= last)) continue;
      this.#rows.set(step, [...(this.#rows.get(step) ?? []), row]);
      if (row.dataset.main === undefined) continue;
      this.#main.set(step, row);
      this.#addButton(row, step);
    }
    this.#enterBy([...this.#buttons.values()][0]);
    table.classList.add('choosable');
    table.addEventListener('click', ({ target }) => {
      const row = target instanceof Element && !target.closest('a') ? target.closest('tr') : null;
      // Whoever marks text to copy it chooses nothing.
      if (!row || !(Number(row.dataset.step) <= last) || !getSelection()?.isCollapsed) return;
      const step = Number(row.dataset.step);
      choose(step);
      this.#buttons.get(step)?.focus({ preventScroll: true });
    });
    table.addEventListener('keydown', (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (!(event.target instanceof HTMLButtonElement)) return;
      const step = this.#stepAt(event.key, Number(event.target.dataset.at));
      if (step === undefined) return;
      event.preventDefault();
      choose(step);
      this.#buttons.get(step)?.focus({ preventScroll: true });
    });
  }

  /** Marks the rows of a step, and brings it into view; none for null, or for a step without a row. */
  mark(step: number | null): void {
    for (const row of this.#rows.get(this.#chosen ?? -1) ?? []) {
      row.classList.remove('chosen');
      row.querySelector('button')?.removeAttribute('aria-current');
    }
    this.#chosen = step;
    for (const row of this.#rows.get(step ?? -1) ?? []) row.classList.add('chosen');
    const button = this.#buttons.get(step ?? -1);
    button?.setAttribute('aria-current', 'step');
    this.#enterBy(button);
    this.#main.get(step ?? -1)?.scrollIntoView({ block: 'nearest' });
  }

  focus(step: number | null): void {
    (this.#buttons.get(step ?? -1) ?? this.#entrance)?.focus({ preventScroll: true });
  }

  #addButton(row: HTMLTableRowElement, step: number): void {
    const cell = row.cells[0];
    if (!cell) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'choose';
    button.tabIndex = -1;
    button.dataset.at = String(step);
    const number = cell.textContent?.trim() ?? '';
    button.textContent = number || '◦';
    button.ariaLabel =
      step === 0
        ? '0: show the keys before the script'
        : number
          ? `${number}: show the keys after this command`
          : 'Show the keys after this';
    cell.replaceChildren(button);
    this.#buttons.set(step, button);
  }

  /** Of all the buttons, the Tab key leads to one; the arrow keys lead on from there. */
  #enterBy(button: HTMLButtonElement | undefined): void {
    if (!button) return;
    if (this.#entrance) this.#entrance.tabIndex = -1;
    this.#entrance = button;
    button.tabIndex = 0;
  }

  /** Which step a key leads to: only to what the filter leaves. */
  #stepAt(key: string, from: number): number | undefined {
    if (!['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(key)) return undefined;
    const there = [...this.#main].filter(([, row]) => !row.hidden).map(([step]) => step);
    const at = there.indexOf(from);
    if (key === 'Home') return there[0];
    if (key === 'End') return there.at(-1);
    return there[at + (key === 'ArrowUp' ? -1 : 1)];
  }
}

/** The row above the first command, for the keys as they were when the script started. */
function addStart(table: HTMLTableElement): void {
  const row = table.tBodies[0]?.insertRow(0);
  if (!row) return;
  row.className = 'start';
  row.dataset.step = '0';
  row.dataset.main = '';
  row.insertCell().textContent = '0';
  const columns = table.tHead?.rows[0]?.cells.length ?? 2;
  for (let column = 2; column < columns; column += 1) row.insertCell();
  row.insertCell().textContent = 'Before the script';
}
