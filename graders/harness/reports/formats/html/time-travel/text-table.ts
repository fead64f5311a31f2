import { toBuffer, type Value } from '../../../../base/bytes.ts';
import { showName, showValue } from '../show-value.ts';

/** Until it is known how many texts there are, an index counts for as many digits as the longest one has. */
export const LONGEST_INDEX = 100_000;

interface Text {
  shown: string;
  /** What it is ordered by. */
  bytes: Buffer;
  index: number;
}

/**
 * The names and values of a page's data, each once. Their indices are final when {@link TextTable.order} was
 * called: before, they only tell how long the data will be.
 */
export class TextTable {
  readonly #texts = new Map<string, Text>();
  /** Bytes of the texts that were added since {@link takeGrowth} was last called. */
  #growth = 0;

  /** A name: of a key, a field or a member. */
  name(value: Value): number {
    return this.#index(
      `n${identity(value)}`,
      () => showName(value),
      () => toBuffer(value),
    );
  }

  value(value: Value): number {
    return this.#index(
      `v${identity(value)}`,
      () => showValue(value),
      () => toBuffer(value),
    );
  }

  /** Words of ours, or of the server. */
  words(text: string): number {
    return this.#index(
      `w${text}`,
      () => text,
      () => Buffer.from(text),
    );
  }

  /** Gives each text its index in the order of their bytes, and returns all of them in that order. */
  order(): string[] {
    const texts = [...this.#texts.values()].sort((one, other) => Buffer.compare(one.bytes, other.bytes));
    texts.forEach((text, index) => {
      text.index = index;
    });
    return texts.map(({ shown }) => shown);
  }

  /** How many bytes of JSON the texts take that were added since the last call. */
  takeGrowth(): number {
    const growth = this.#growth;
    this.#growth = 0;
    return growth;
  }

  #index(id: string, show: () => string, bytes: () => Buffer): number {
    let text = this.#texts.get(id);
    if (!text) {
      text = { shown: show(), bytes: bytes(), index: LONGEST_INDEX + this.#texts.size };
      this.#texts.set(id, text);
      this.#growth += jsonBytes(text.shown);
    }
    return text.index;
  }
}

/** Bytes of something as JSON within a page, where `<` is an escape, with what parts it from the next. */
export function jsonBytes(content: unknown): number {
  const json = JSON.stringify(content);
  const escaped = json.split('<').length - 1;
  return Buffer.byteLength(json) + 5 * escaped + 1;
}

function identity(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
