import { UsageError } from '../base/errors.ts';
import { ENGINE_CHOICES, SANDBOXES } from '../evidence/environment.ts';
import type { TestbedChoice } from '../grading/testbed.ts';
import { DEFAULT_IMAGE, RUNTIME_IMAGE } from '../recording/engine/image.ts';
import { type RequestedReport, requestedReport } from '../reports/formats/requested.ts';

/** What a workflow asks of the action. */
export interface ActionInputs extends TestbedChoice {
  challenges: string;
  path: string;
  /** Seconds. */
  timeout: number;
  /** What a full score is worth; null for the graders' own points. */
  maxScore: number | null;
  report: RequestedReport[];
  failOn: 'failed' | 'error';
}

/** Reads the inputs; `read` gives one by name, empty where it is left out. Throws UsageError. */
export function readInputs(read: (name: string) => string): ActionInputs {
  const challenges = read('challenges')
    .split(/[\s,]+/)
    .filter(Boolean)
    .join(',');
  if (challenges === '')
    throw new UsageError(
      'The input challenges is empty. Name one, such as sessions/cantina, a mission, or all.',
    );
  return {
    challenges,
    path: read('path') || '.',
    engine: oneOf('engine', read('engine') || 'auto', ENGINE_CHOICES),
    image: read('image') || DEFAULT_IMAGE,
    sandbox: oneOf('sandbox', read('sandbox') || 'process', SANDBOXES),
    runtimeImage: RUNTIME_IMAGE,
    timeout: positive('timeout', read('timeout') || '30'),
    maxScore: read('max-score') === '' ? null : positive('max-score', read('max-score')),
    report: read('report').split(/\s+/).filter(Boolean).map(requestedReport),
    failOn: oneOf('fail-on', read('fail-on') || 'failed', ['failed', 'error']),
  };
}

function oneOf<T extends string>(name: string, value: string, options: readonly T[]): T {
  const found = options.find((option) => option === value);
  if (found !== undefined) return found;
  throw new UsageError(
    `The input ${name} is ${JSON.stringify(value)}. It must be one of: ${options.join(', ')}.`,
  );
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new UsageError(`The input ${name} is ${JSON.stringify(value)}. It must be a number, more than 0.`);
}
