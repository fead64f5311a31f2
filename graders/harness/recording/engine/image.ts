/** The image that servers are started from where no other is named. `SET … IFEQ` needs 8.1. */
export const DEFAULT_IMAGE = 'valkey/valkey:8.1';

/** The image in which scripts run in the container sandbox; runtime/Dockerfile says what is in it. */
export const RUNTIME_IMAGE = 'keyspace-grader/runtime:1';
