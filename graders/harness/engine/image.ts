/** The image that servers are started from where no other is named. `SET … IFEQ` needs 8.1. */
export const DEFAULT_IMAGE = 'valkey/valkey:8.1';
