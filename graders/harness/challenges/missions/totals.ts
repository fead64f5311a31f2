import { count } from '../../base/text/count.ts';
import type { MapChallenge } from './map.ts';

/** What challenges are worth and take together. */
export function describeTotals(challenges: readonly MapChallenge[]): string {
  const points = challenges.reduce((sum, challenge) => sum + challenge.points, 0);
  const time = challenges.reduce((sum, challenge) => sum + (challenge.minutes ?? 0), 0);
  return `${count(points, 'point')}${time === 0 ? '' : `, about ${inHours(time)}`}`;
}

/** A rough time: from an hour on to the quarter of an hour. */
function inHours(time: number): string {
  if (time < 60) return count(time, 'minute');
  const quarters = Math.round(time / 15);
  const rest = (quarters % 4) * 15;
  return `${count(Math.floor(quarters / 4), 'hour')}${rest === 0 ? '' : ` and ${rest} minutes`}`;
}
