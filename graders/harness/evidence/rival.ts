import type { RivalTrial, RunEvidence } from './evidence.ts';

/** Commands of somebody else that are to be slipped into a run, and where: see {@link RivalTrial}. */
export type Rival = Pick<RivalTrial, 'commands' | 'entry' | 'keys'>;

/** Which rivals a check wants tried in a run, once it is known how that came to its end. Pure. */
export type RivalQuestion = (run: RunEvidence) => readonly Rival[];
