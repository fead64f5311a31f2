import { endOnSignal, SIGNALS } from '../base/cleanup.ts';
import { patientTimeout } from '../base/patient-timeout.ts';
import { notify } from '../base/stdout.ts';

/** How far a command has been asked to end. */
export interface Drain {
  asked(): boolean;
  /** 128 + signal number, as shells have it; undefined where nobody asked. */
  exitCode(): number | undefined;
}

/** How long what is under way may go on after a SIGTERM, in ms: who sends one soon sends a SIGKILL. */
const TERMINATION_LIMIT_MS = 4_000;

/**
 * A first signal lets what is under way end, a second one ends the process at once; SIGTERM does so by itself after
 * {@link TERMINATION_LIMIT_MS}. `told` says what becomes of the rest.
 */
export function drainOnSignals(
  told = 'The same command goes on from there.',
  onFirst: () => void = () => undefined,
): Drain {
  let signalled: number | undefined;
  for (const [signal, number] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      if (signalled !== undefined) {
        endOnSignal(number);
        return;
      }
      signalled = number;
      const limited = signal === 'SIGTERM';
      if (limited) patientTimeout(TERMINATION_LIMIT_MS, () => endOnSignal(number));
      notify(
        `\nWhat is under way is finished${limited ? `, if it takes no more than ${TERMINATION_LIMIT_MS / 1000} s` : ''}; once more to stop at once. ${told}`,
      );
      onFirst();
    });
  }
  return {
    asked: () => signalled !== undefined,
    exitCode: () => (signalled === undefined ? undefined : 128 + signalled),
  };
}
