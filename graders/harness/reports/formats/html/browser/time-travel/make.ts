/** What may be put into an element; nothing for null. Text is text, whatever it looks like. */
export type Part = Node | string | null;

/** An element with these classes and contents. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  classes: string,
  ...parts: readonly Part[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  element.append(...parts.filter((part) => part !== null));
  return element;
}

/** What only those need who hear the page. */
export function unseen(text: string): HTMLElement {
  return make('span', 'unseen', text);
}

/** A sign for the eye, with the word that it stands for. */
export function sign(text: string, word: string): HTMLElement[] {
  const mark = make('span', 'sign', text);
  mark.ariaHidden = 'true';
  return word ? [mark, unseen(`${word}: `)] : [mark];
}

/** `1 key`, `12,500 keys`. */
export function amount(number: number, noun: string, nouns = `${noun}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? noun : nouns}`;
}
