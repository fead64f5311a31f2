import { parseValidatedJson } from '../document/validated-document.ts';
import { EVIDENCE_VERSION, type Evidence } from './evidence.ts';
import { evidenceValidator } from './validate.ts';

/**
 * Reads saved evidence. `name` is the file's name for messages.
 * Throws UsageError with file, line and column of the first mistake.
 */
export function readEvidence(text: string, name: string): Evidence {
  return parseValidatedJson<Evidence>(text, name, EVIDENCE_VERSION, evidenceValidator());
}
