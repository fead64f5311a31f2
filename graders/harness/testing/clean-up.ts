import { afterAll, expect } from 'vitest';
import { runCleanups } from '../base/cleanup.ts';

// Servers are stopped and folders removed in the background, and vitest ends a process once its last test is done.
afterAll(async () => {
  expect(await runCleanups()).toEqual([]);
});
