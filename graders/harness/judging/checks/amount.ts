import { either, integer, object, optional, type SchemaOf } from './parameters.ts';

/** How many there are to be: so many, or within bounds. */
export type Amount = number | { atLeast?: number; atMost?: number };

/** An {@link Amount} among parameters. */
export function amount(description: string): SchemaOf<Amount> {
  return either(
    [
      integer({ minimum: 0 }),
      object(
        {
          atLeast: optional(integer({ minimum: 0, description: 'So many or more.' })),
          atMost: optional(integer({ minimum: 0, description: 'So many or fewer.' })),
        },
        { minProperties: 1 },
      ),
    ],
    { description },
  );
}

export function holdsAmount(wanted: Amount, found: number): boolean {
  if (typeof wanted === 'number') return found === wanted;
  return found >= (wanted.atLeast ?? 0) && found <= (wanted.atMost ?? Number.POSITIVE_INFINITY);
}

/** `3`, `at least 2`, `2 to 5`. */
export function describeAmount(wanted: Amount): string {
  if (typeof wanted === 'number') return String(wanted);
  const { atLeast, atMost } = wanted;
  if (atLeast === undefined) return `at most ${atMost}`;
  return atMost === undefined ? `at least ${atLeast}` : `${atLeast} to ${atMost}`;
}
