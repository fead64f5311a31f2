import type { Absence } from '../auto.ts';
import { answering } from './find-engine.ts';
import { askDocker } from './ping.ts';

/** Why Docker is not worth trying; null where an engine answers within a second. */
export async function dockerAbsence(): Promise<Absence | null> {
  const replies = await askDocker();
  if (answering(replies)) return null;
  if (replies.length === 0) return { reason: null };
  const { diagnoseDocker } = await import('./diagnosis.ts');
  return diagnoseDocker(replies);
}
