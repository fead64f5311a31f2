import type { RunEvidence } from '../../evidence/evidence.ts';
import type { Credentials, ServerAddress } from '../../valkey/client/address.ts';
import type { GraderSession } from '../observe/grader-session.ts';
import type { CommandFacts } from './command-facts.ts';
import type { SlippedIn } from './slipped-in.ts';

/** What is run again, and where. */
export interface Replayed {
  session: GraderSession;
  address: ServerAddress;
  credentials: Credentials;
  run: Pick<RunEvidence, 'before' | 'after' | 'trace' | 'clock'>;
  /** What a replay before has asked of its commands. */
  facts?: CommandFacts;
  /** Somebody else, whose commands are slipped in. */
  rival?: SlippedIn;
}
