import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { which } from '../base/which.ts';

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

/** A page that a test opened, and all that it complained of or asked for. */
export interface OpenedPage {
  page: Page;
  complaints: string[];
}

/**
 * Gives the tests of a `describe` a Chromium. `open` opens a page from a file, as people do; what a test opened
 * is closed after it.
 */
export function useChromium(program: string | undefined) {
  let browser: Browser;
  let folder: string;
  let opened: Page[] = [];

  beforeAll(async () => {
    browser = await startChromium(program ?? '');
    folder = await mkdtemp(join(tmpdir(), 'keyspace-grader-page-'));
  });
  afterEach(async () => {
    for (const page of opened) await page.close();
    opened = [];
  });
  afterAll(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  return {
    async open(content: string, { hash = '', width = 1280 } = {}): Promise<OpenedPage> {
      const file = join(folder, 'page.html');
      await writeFile(file, content);
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      opened.push(page);
      const url = pathToFileURL(file).href + hash;
      const complaints = complaintsOf(page, url);
      await page.goto(url);
      return { page, complaints };
    },
  };
}

/** What a page complains of and what it asks for, from now on; it may ask for itself. */
function complaintsOf(page: Page, url: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', ({ message }) => complaints.push(`error: ${message}`));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => {
    if (request.url() !== url) complaints.push(`request: ${request.url()}`);
  });
  page.on('requestfailed', (request) =>
    complaints.push(`stopped: ${request.url()} ${request.failure()?.errorText}`),
  );
  return complaints;
}

/** Starts a headless Chromium with a profile of its own, which goes when it is closed. */
async function startChromium(executablePath: string): Promise<Browser> {
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
