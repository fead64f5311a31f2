import { compareValues, textOf } from '../../base/bytes.ts';
import type { DatabaseSnapshot, KeySnapshot, Keyspace } from '../../evidence/evidence.ts';

/** A key of a keyspace, with the database that it is in. */
export interface PlacedKey {
  db: number;
  key: KeySnapshot;
}

/** A keyspace by the names of its keys. What is never asked for is never put in order. */
export class KeyspaceIndex {
  readonly #databases: readonly DatabaseSnapshot[];
  readonly #byName = new Map<number, ReadonlyMap<string, KeySnapshot>>();
  #all: readonly PlacedKey[] | undefined;

  constructor({ databases }: Keyspace) {
    this.#databases = databases;
  }

  /** The key of that name; undefined where there is none. */
  find(name: string, db: number): KeySnapshot | undefined {
    let keys = this.#byName.get(db);
    if (keys === undefined) {
      keys = keysByName(this.#keysOf(db));
      this.#byName.set(db, keys);
    }
    return keys.get(name);
  }

  /** The keys of a database whose names begin so, by the bytes of their names. */
  startingWith(prefix: string, db: number): readonly KeySnapshot[] {
    return inOrder(this.#keysOf(db).filter(({ key }) => textOf(key)?.startsWith(prefix) === true));
  }

  /** All keys, by database and by the bytes of their names. */
  get all(): readonly PlacedKey[] {
    this.#all ??= this.#databases.flatMap(({ index, keys }) =>
      inOrder(keys).map((key) => ({ db: index, key })),
    );
    return this.#all;
  }

  /** How many keys there are, in one database or in all, that evidence counts without listing them. */
  notListed(db?: number): number {
    return this.#databases
      .filter(({ index }) => db === undefined || index === db)
      .reduce((sum, { size, keys }) => sum + Math.max(0, size - keys.length), 0);
  }

  #keysOf(db: number): readonly KeySnapshot[] {
    return this.#databases.find(({ index }) => index === db)?.keys ?? [];
  }
}

function keysByName(keys: readonly KeySnapshot[]): ReadonlyMap<string, KeySnapshot> {
  const byName = new Map<string, KeySnapshot>();
  for (const key of keys) if (typeof key.key === 'string') byName.set(key.key, key);
  return byName;
}

/** By the bytes of their names. Evidence lists them so: to see that is much cheaper than to sort them again. */
function inOrder(keys: readonly KeySnapshot[]): readonly KeySnapshot[] {
  let before = '';
  for (const { key } of keys) {
    const name = textOf(key);
    // Code units are in the order of bytes, but for surrogates: those are compared by their bytes.
    if (name === undefined || name < before || SURROGATE.test(name)) return [...keys].sort(byBytes);
    before = name;
  }
  return keys;
}

const SURROGATE = /[\ud800-\udfff]/;

function byBytes(one: KeySnapshot, other: KeySnapshot): number {
  return compareValues(one.key, other.key);
}
