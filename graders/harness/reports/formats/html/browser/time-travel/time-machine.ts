import { byId } from '../page-elements.ts';
import type { TravelData } from './data.ts';
import { History } from './history.ts';
import { showState } from './state-view.ts';
import { StepList } from './step-list.ts';

/**
 * Makes the commands of a trace choosable: the panel below them shows the keys as they were after the one that is
 * chosen. A click, the arrow keys and a slider choose.
 */
export function startTimeMachine(panel: HTMLElement): void {
  const source = byId(panel.dataset.travel ?? '', HTMLScriptElement);
  const find = <Kind extends Element>(selector: string) => {
    const found = panel.querySelector<Kind>(selector);
    if (!found) throw new Error(`The panel has no ${selector}.`);
    return found;
  };
  const slider = find<HTMLInputElement>('input');
  const [back, on, close] = ['.back', '.on', '.close'].map((name) => find<HTMLButtonElement>(name)) as [
    HTMLButtonElement,
    HTMLButtonElement,
    HTMLButtonElement,
  ];
  const [output, now, state] = [find('output'), find('.now'), find<HTMLElement>('.state')];
  const invitation = now.textContent;
  const last = Number(slider.max);
  const opened = new Set<number>();
  // A long history is only read if somebody wants to see it.
  let history: History | undefined;
  let chosen: number | null = null;

  const table = byId(panel.dataset.steps ?? '', HTMLTableElement);
  const list = new StepList(table, last, choose);

  function choose(step: number): void {
    if (step === chosen) return;
    chosen = step;
    history ??= new History(JSON.parse(source.textContent ?? '') as TravelData);
    slider.value = String(step);
    const place = step === 0 ? 'Before the script' : `Step ${step} of ${last}`;
    slider.ariaValueText = place;
    output.textContent = step === 0 ? `start of ${last}` : `${step} of ${last}`;
    now.textContent = place + (history.data.steps[step - 1]?.says ?? '');
    back.disabled = step === 0;
    on.disabled = step === last;
    showState(state, history, step, opened);
    if (state.hidden) setOpen(true);
    list.mark(step);
    // What changed is in view, below what tells how many keys there are.
    const changed = state.querySelector<HTMLElement>('.key:not(.same)');
    state.scrollTop = changed && changed.offsetTop > state.clientHeight / 2 ? changed.offsetTop - 48 : 0;
  }

  function setOpen(isOpen: boolean): void {
    state.hidden = !isOpen;
    close.hidden = !isOpen;
    panel.classList.toggle('open', isOpen);
    // It covers rows that are to be seen.
    table.classList.toggle('beneath', isOpen);
  }

  slider.addEventListener('input', () => choose(Number(slider.value)));
  back.addEventListener('click', () => choose(Math.max(0, (chosen ?? 0) - 1)));
  on.addEventListener('click', () => choose(Math.min(last, (chosen ?? 0) + 1)));
  close.addEventListener('click', () => {
    list.focus(chosen);
    chosen = null;
    setOpen(false);
    now.textContent = invitation;
    list.mark(null);
  });
  panel.hidden = false;
}
