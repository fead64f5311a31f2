// Asks every other site that the documents link to whether the page is still there: `npm run check:external-links`.
// Not a part of `npm run lint`: what others take down should stop nobody's work. A workflow runs it every week.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { x } from 'tinyexec';
import { root } from './bundling.mjs';

const TRIES = 3;
const LIMIT_MS = 20_000;
/** Names that are nobody's, and this repository: its links are followed in the working tree. */
const OWN =
  /^https?:\/\/(?:localhost|127\.0\.0\.1|[^/]*\bexample(?:\.(?:com|org|net))?\b|github\.com\/keyspace-grader\/)/;
/** They are there, and want to be read by a browser, or more slowly. */
const THERE = [401, 403, 405, 429];

const { stdout } = await x('git', ['ls-files', '-z', '*.md', ':!fixtures', ':!:**/goldens/**'], {
  nodeOptions: { cwd: root },
  throwOnError: true,
});
/** @type {Map<string, string>} */
const links = new Map();
for (const file of stdout.split('\0').filter((name) => name !== ''))
  for (const [, link] of (await readFile(join(root, file), 'utf8')).matchAll(
    /(?:\]\(|\]: |<)(https?:\/\/[^\s)>]+)/g,
  ))
    if (!OWN.test(link)) links.set(link.replace(/#.*$/, ''), file);

// One after the other: no site is asked more than once at a time.
for (const [link, file] of links) {
  const problem = await ask(link);
  if (problem === undefined) continue;
  console.error(`${file}: ${link}: ${problem}`);
  process.exitCode = 1;
}
if (process.exitCode !== 1) console.log(`All ${links.size} pages of other sites are there.`);

/** @param {string} link */
async function ask(link) {
  let problem;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    try {
      const { ok, status, body } = await fetch(link, { signal: AbortSignal.timeout(LIMIT_MS) });
      await body?.cancel();
      if (ok || THERE.includes(status)) return undefined;
      problem = `HTTP ${status}`;
    } catch (error) {
      problem = String(error.cause ?? error);
    }
    if (attempt < TRIES) await setTimeout(attempt * 2000);
  }
  return problem;
}
