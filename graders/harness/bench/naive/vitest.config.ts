import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Not part of `npm test`: the benchmark runs this. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: { include: ['*.naive.ts'], hookTimeout: 60_000 },
});
