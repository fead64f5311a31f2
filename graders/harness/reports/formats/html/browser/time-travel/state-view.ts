import type { DatabaseAtStep, History } from './history.ts';
import { keyView, markOf } from './key-view.ts';
import { amount, make } from './make.ts';

/** Elements that a changed key may have to be unfolded by itself. */
const UNFOLDED = 40;

/**
 * Shows the keys after a step in an element. Those that the step changed are unfolded, and those that the reader
 * unfolded stay so: `opened` keeps which these are.
 */
export function showState(element: HTMLElement, history: History, step: number, opened: Set<number>): void {
  const { steps } = history.data;
  const at = steps[step - 1]?.at ?? 0;
  const databases = history.at(step).filter(({ keys, size }) => keys.length > 0 || size > 0);
  const blocks = databases.map((database) => databaseView(database, databases.length > 1 || database.db > 0));
  element.replaceChildren(...(blocks.length > 0 ? blocks : [make('p', 'cut', 'There are no keys.')]));

  function databaseView({ db, keys, size }: DatabaseAtStep, isNamed: boolean): HTMLElement {
    const list = make('ul', 'keys');
    for (const { index, key } of keys) {
      const isSmall = (key.state?.elements.length ?? 0) <= UNFOLDED;
      const item = keyView(key, at, history.data, opened.has(index) || (markOf(key) !== 'same' && isSmall));
      item.querySelector('summary')?.addEventListener('click', () => {
        // The click has yet to unfold it, or to fold it.
        if (item.querySelector('details')?.open) opened.delete(index);
        else opened.add(index);
      });
      list.append(item);
    }
    const more = size - keys.filter(({ key }) => key.state !== null).length;
    if (more > 0) list.append(make('li', 'cut', `and ${amount(more, 'key')} that this step did not change`));
    const title = make('p', 'title', `${isNamed ? `Database ${db}: ` : ''}${amount(size, 'key')}`);
    return make('div', 'database', title, list);
  }
}
