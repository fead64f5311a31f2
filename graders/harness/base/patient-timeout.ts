/** How often the clock is looked at, in ms. */
const LOOK_MS = 50;

/** A limit of time that is running. */
export interface PatientTimeout {
  /** Begins anew. */
  restart(): void;
  clear(): void;
}

/**
 * Calls back after so many ms in which this process was able to do its work. Time in which it was busy or stopped is
 * charged to nobody: what came meanwhile has not been looked at yet, since timers run before what sockets bring. For
 * the same reason what has come is let through once more before the call. Keeps no process alive.
 */
export function patientTimeout(limitMs: number, expired: () => void): PatientTimeout {
  let left = limitMs;
  let lookedAt = performance.now();
  let lastLook: NodeJS.Immediate | undefined;
  const look = () => {
    const now = performance.now();
    left -= Math.min(now - lookedAt, 2 * LOOK_MS);
    lookedAt = now;
    if (left > 0 || lastLook !== undefined) return;
    lastLook = setImmediate(() => {
      clear();
      expired();
    });
  };
  const timer = setInterval(look, Math.min(LOOK_MS, limitMs)).unref();
  const clear = () => {
    clearInterval(timer);
    clearImmediate(lastLook);
  };
  return {
    restart() {
      left = limitMs;
      lookedAt = performance.now();
      clearImmediate(lastLook);
      lastLook = undefined;
    },
    clear,
  };
}
