import { Literal, Number as number, type Static, Union } from 'typebox';
import { object } from '../../base/document/define.ts';

export const HintPolicy = Union(
  [Literal('off'), object({ cost: number({ exclusiveMinimum: 0, description: 'Points for each hint.' }) })],
  {
    description:
      'What hints beyond the first cost: off for no hints at all, `cost: 1` for a point of the check for each. Free where it is left out.',
  },
);
/**
 * What a collection makes of hints beyond the first, which stands in every report: free where nothing is said;
 * `off`: there are none, not even the first; or what each of them costs of its check's points.
 */
export type HintPolicy = Static<typeof HintPolicy>;
