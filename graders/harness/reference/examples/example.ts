import type { EvidenceOptions } from '../../testing/evidence.ts';

/** How a kind of check is used, for the reference: what it says of a wrong script is worked out, not written. */
export interface CheckExample {
  kind: string;
  /** When to take it, in a sentence. */
  purpose: string;
  /** The parameters as a grader file has them, in YAML. */
  yaml: string;
  /** What a wrong script did, in words: the reader sees this and what the check says of it. */
  mistake: string;
  /** What was seen of it. */
  seen: EvidenceOptions;
  /** The variant whose run is judged. */
  variant?: string;
}
