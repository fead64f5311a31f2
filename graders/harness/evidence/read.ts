import { parseValidatedJson } from '../base/document/validated-document.ts';
import type { Evidence } from './evidence.ts';
import { evidenceValidator } from './validate.ts';
import { EVIDENCE_VERSION } from './version.ts';

/**
 * Reads saved evidence. `name` is the file's name for messages.
 * Throws UsageError with file, line and column of the first mistake.
 */
export function readEvidence(text: string, name: string): Evidence {
  return parseValidatedJson<Evidence>(text, name, EVIDENCE_VERSION, evidenceValidator());
}
