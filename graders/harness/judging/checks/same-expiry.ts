import type { Clock } from '../../evidence/evidence.ts';

/** How long a set-up and a snapshot may take together, in ms: a TTL was set so much before the clock was read. */
const SETUP_MS = 5_000;

/**
 * True where something expires when the set-up said, or was given the same TTL anew: whoever runs the set-up's
 * commands again renews the TTL. `origin` is the clock of the run that `before` is of.
 */
export function sameExpiry(
  before: number | null,
  origin: Clock,
  after: number | null,
  clock: Clock,
): boolean {
  if (before === after) return true;
  if (before === null || after === null) return false;
  const ttl = before - origin.serverStart;
  // When the script set it is not known, but it was between its start and its end.
  const least = after - clock.serverEnd;
  const most = after - clock.serverStart;
  return least <= ttl + SETUP_MS && most >= ttl;
}
