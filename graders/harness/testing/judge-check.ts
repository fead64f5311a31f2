import type { CheckKind } from '../judging/checks/check-kind.ts';
import type { Finding } from '../judging/checks/finding.ts';
import { type EvidenceOptions, makeView } from './evidence.ts';

/** What a check of this kind finds in made-up evidence. */
export function judgeCheck<Parameters>(
  kind: CheckKind<Parameters>,
  parameters: Parameters,
  options: EvidenceOptions,
  variant: string | null = null,
): Finding {
  return kind.judge(parameters, makeView(options, variant));
}
