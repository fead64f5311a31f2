import { runInNewContext } from 'node:vm';
// The checker in plain JavaScript: what the package starts otherwise needs Java, or a program for this machine.
import { checkSync } from 'recheck/lib/browser.js';
import type { WrittenPattern } from './collect.ts';

/** How long texts are by which a pattern is attacked, in characters. */
const LENGTH = 256 * 1024;
/**
 * So long a pattern that takes time in proportion to that is never busy, however busy the machine is: it takes some
 * ms. One that takes its square would be for minutes.
 */
const LIMIT_MS = 2_000;

/** Small enough for all patterns to be checked in some seconds: what is found is tried by running. */
const SEARCH = {
  timeout: null,
  maxNFASize: 2_000,
  maxIteration: 2,
  attackLimit: 5_000_000,
  incubationLimit: 5_000,
  maxInitialGenerationSize: 50,
  maxGenerationSize: 20,
} as const;

/** A text on which a pattern takes far too long, shortened; undefined where none was found. */
export function attackOn(pattern: WrittenPattern): string | undefined {
  // Without anything that repeats without end, nothing can take long.
  if (!/[*+]|\{\d+,/.test(pattern.source)) return undefined;
  return [...usualAttacks(pattern), ...searchedAttack(pattern)]
    .find((text) => !isQuick(pattern, text))
    ?.slice(0, 80);
}

/** What a search finds for this very pattern: it may be wrong about how long that takes. */
function searchedAttack({ source, flags }: WrittenPattern): string[] {
  const found = checkSync(source, flags, SEARCH);
  if (found.status !== 'vulnerable') return [];
  const { pumps, suffix } = found.attack;
  const room = LENGTH / Math.max(1, pumps.length);
  return [
    pumps
      .map(({ prefix, pump }) => prefix + pump.repeat(Math.ceil(room / Math.max(1, pump.length))))
      .join('') + suffix,
  ];
}

/** Long runs of what often repeats, alone and after each beginning of what the pattern names. */
function usualAttacks({ source }: WrittenPattern): string[] {
  const words = source.match(/[\w:/#!@.`~-]{2,}/g) ?? [];
  const runs = new Set([
    ' ',
    '\n',
    '\t\r',
    'a',
    '0',
    ...words.slice(0, 3),
    ...(source.match(/[^\w\s]/g) ?? []),
  ]);
  const starts = new Set(['', words[0] ?? '']);
  return [...runs].flatMap((run) =>
    [...starts].map((start) => `${start}${run.repeat(Math.ceil(LENGTH / run.length))}\u0000`),
  );
}

function isQuick({ source, flags }: WrittenPattern, text: string): boolean {
  // Whoever asks for all matches goes on behind each.
  const code = `text.replace(new RegExp(source, flags), '')`;
  try {
    runInNewContext(code, { text, source, flags }, { timeout: LIMIT_MS });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return false;
  }
}
