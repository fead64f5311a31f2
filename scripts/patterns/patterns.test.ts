import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { attackOn } from './attacks.ts';
import { collectPatterns } from './collect.ts';

const PATTERNS = collectPatterns(fileURLToPath(new URL('../..', import.meta.url)));

/** Patterns that may be slow, each with the reason for which nobody can make them so. */
const ALLOWED: Record<string, string> = {
  '^deb\\s+(?:\\[[^\\]]*\\]\\s+)?(\\S+\\/debian\\/?)\\s': 'reads what the machine has in /etc/apt',
  'Ready to accept connections.*unix|now ready to accept connections at':
    'reads what the server logs while it starts, before a learner can reach it',
};

/** Files that make patterns from texts, each with what keeps these from being slow. */
const MADE: Record<string, string> = {
  'graders/harness/batch/sources/glob.ts': "a teacher's own, for names of files",
  'graders/harness/challenges/missions/readme-metadata.ts': 'reads a README of a challenge',
  'graders/harness/judging/checks/grader-pattern.ts':
    "a grader's: see the bounds there; those of this project are checked here",
  'graders/harness/judging/checks/has-item.ts': 'looks at the two characters around a place',
  'graders/harness/judging/checks/script-lines.ts': 'the name of a command and the characters around it',
  'graders/harness/judging/report/cause/connection.ts': 'a number',
  'graders/harness/judging/report/cause/node-complaint.ts':
    'reads lines that are not long: see place.ts there',
  'graders/harness/recording/observe/grader-session.ts': "reads the server's INFO",
  'graders/harness/recording/observe/trace-middle.ts': 'words, any of them, with nothing that repeats',
  'graders/harness/recording/script/hard-limits.ts': 'reads what the kernel tells of this process',
  'graders/harness/reports/formats/contracts/junit-readers.ts': "a reader's own, in a test of our documents",
};

describe('the regular expressions of code and graders', () => {
  it('take time in proportion to what they read', { timeout: 240_000 }, () => {
    const slow = PATTERNS.written.flatMap((pattern) => {
      const attack = ALLOWED[pattern.source] === undefined ? attackOn(pattern) : undefined;
      return attack === undefined ? [] : [{ places: pattern.places, attack }];
    });
    expect(slow).toEqual([]);
  });

  it('are written out, or made where it is said why that is no harm', () => {
    expect(PATTERNS.made.sort()).toEqual(Object.keys(MADE).sort());
  });

  it('are known by their places', () => {
    const places = PATTERNS.written.flatMap((pattern) => pattern.places);
    expect(places.length).toBeGreaterThan(200);
    expect(places.filter((place) => place.includes('.yaml:')).length).toBeGreaterThan(20);
  });
});

describe('attackOn', () => {
  it.each([
    [String.raw`^\s*(import|export)\b`, 'm'],
    [String.raw`imperial_fleet.*[*?\]]$`, 'u'],
  ])('finds what /%s/%s is slow on', (source, flags) => {
    expect(attackOn({ source, flags, places: [] })).toBeDefined();
  });
});
