import { type Browser, chromium } from 'playwright-core';
import { which } from '../which.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The Chromium that tests can use; undefined where there is none. CHROMIUM_PATH names one that is not on the
 * PATH. Where KEYSPACE_GRADER_REQUIRE_CHROMIUM is set, as in CI, there must be one: otherwise this throws, so
 * that no such test is skipped unseen.
 */
export function chromiumForTests(): string | undefined {
  const { CHROMIUM_PATH, KEYSPACE_GRADER_REQUIRE_CHROMIUM } = process.env;
  const found = CHROMIUM_PATH ? which(CHROMIUM_PATH) : NAMES.map((name) => which(name)).find(Boolean);
  if (found === undefined && KEYSPACE_GRADER_REQUIRE_CHROMIUM) {
    throw new Error(
      `KEYSPACE_GRADER_REQUIRE_CHROMIUM is set, but there is no ${CHROMIUM_PATH ?? NAMES.join(', ')}.`,
    );
  }
  return found;
}

/** Starts a headless Chromium with a profile of its own, which goes when it is closed. */
export async function startChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
