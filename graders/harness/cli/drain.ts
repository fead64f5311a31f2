import { endOnSignal, SIGNALS } from '../cleanup.ts';
import { notify } from '../stdout.ts';

/** How far a command has been asked to end. */
export interface Drain {
  asked(): boolean;
  /** 128 + signal number, as shells have it; undefined where nobody asked. */
  exitCode(): number | undefined;
}

/**
 * A first signal lets what is under way end, a second one ends the process at once. `told` says what becomes of
 * the rest.
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
      notify(`\nWhat is under way is finished; once more to stop at once. ${told}`);
      onFirst();
    });
  }
  return {
    asked: () => signalled !== undefined,
    exitCode: () => (signalled === undefined ? undefined : 128 + signalled),
  };
}
