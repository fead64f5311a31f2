#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/cli.js', import.meta.url);
if (existsSync(built)) {
  try {
    await import(built.href);
  } catch (error) {
    // A part of it is missing, or no Node of this version can read it: nothing was graded.
    process.stderr.write(
      `keyspace-grader cannot be started with Node ${process.versions.node}: ${error instanceof Error ? error.message : error}\nInstall it again; it takes Node 20.19 or later.\n`,
    );
    if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = 2;
  }
} else {
  process.stderr.write(
    'keyspace-grader is not built yet: run `npm ci` (or `npm run build`) in its folder first.\n',
  );
  process.exitCode = 2;
}
