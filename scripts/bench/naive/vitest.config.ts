import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Not part of `npm test`: the benchmark runs this, and says which of its files. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['*.naive.ts'],
    hookTimeout: 60_000,
    maxConcurrency: Number(process.env.BENCH_JOBS ?? 1),
  },
});
