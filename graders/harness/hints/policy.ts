import type { Schema } from '../document/schema.ts';

/**
 * What a collection makes of hints beyond the first, which stands in every report: free where nothing is said;
 * `off`: there are none, not even the first; or what each of them costs of its check's points.
 */
export type HintPolicy = 'off' | { cost: number };

export const HINT_POLICY: Schema = {
  description:
    'What hints beyond the first cost: off for no hints at all, `cost: 1` for a point of the check for each. Free where it is left out.',
  anyOf: [
    { const: 'off' },
    {
      type: 'object',
      additionalProperties: false,
      required: ['cost'],
      properties: { cost: { type: 'number', exclusiveMinimum: 0, description: 'Points for each hint.' } },
    },
  ],
};

/** The points that each hint beyond the first costs; 0 where they are free, or there are none. */
export function costOf(policy: HintPolicy | undefined): number {
  return typeof policy === 'object' ? policy.cost : 0;
}
