import { describe, expect, it } from 'vitest';
import { UsageError } from '../base/errors.ts';
import { bytes, hash, list, makeEvidence, set, string, zset } from '../testing/evidence.ts';
import { ENGINES } from './environment.ts';
import type { Evidence } from './evidence.ts';
import { readEvidence } from './read.ts';
import { evidenceSchema } from './schema.ts';
import { EVIDENCE_VERSION } from './version.ts';

const evidence = makeEvidence({
  source: 'HSET session:han_solo credits 9500\n',
  before: { counter: '7', 'session:yoda': string('gone', { ttl: 10 }) },
  after: {
    text: string('value', { ttl: 60 }),
    binary: string(bytes(0, 255)),
    list: list(['a', bytes(128)]),
    set: set(['member']),
    zset: zset({ vader: 98.5, luke: 'inf' }),
    hash: hash({ credits: '9500' }),
  },
  commands: ['SELECT 1', { run: 'HSET h f v', lua: true, db: 1 }, { run: 'GET counter', line: 3 }],
  denied: [{ command: 'config|set', count: 2 }],
  messages: [['battle:alerts', 'shots_fired 1250']],
  replies: [{ line: 3, args: ['GET', 'counter'], reply: '"7"', error: false }],
  variants: { other: { before: { counter: '8' } } },
});

function complaint(text: string): string {
  try {
    readEvidence(text, 'evidence.json');
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('it was read');
}

/** The text of evidence with something changed in it. */
function changed(change: (copy: Evidence & Record<string, unknown>) => void): string {
  const copy = structuredClone(evidence) as Evidence & Record<string, unknown>;
  change(copy);
  return JSON.stringify(copy, null, 2);
}

describe('readEvidence', () => {
  it('reads what was written', () => {
    expect(readEvidence(JSON.stringify(evidence), 'evidence.json')).toEqual(evidence);
  });

  it('reads what was written before messages were recorded', () => {
    const older = changed((copy) => delete copy.runs[0]?.messages);
    expect(readEvidence(older, 'evidence.json').runs[0]?.messages).toBeUndefined();
  });

  it('reads a long trace of which not all is listed, and one of before it was told what', () => {
    const leftOut = { commands: { SET: 7 }, lua: 3, asked: { 'key k': 'repeats' } } as const;
    const long = changed((copy) => {
      const trace = copy.runs[0]?.trace;
      Object.assign(trace ?? {}, { total: (trace?.total ?? 0) + 7, leftOut });
      Object.assign(trace?.entries[1] ?? {}, { skipped: 7 });
    });
    expect(readEvidence(long, 'evidence.json').runs[0]?.trace).toMatchObject({ leftOut });
    const older = changed((copy) => Object.assign(copy.runs[0]?.trace ?? {}, { total: 1_000_000 }));
    expect(readEvidence(older, 'evidence.json').runs[0]?.trace.total).toBe(1_000_000);
  });

  it.each([
    [
      'a property that is not known',
      changed((copy) => (copy.extra = 1)),
      /^evidence\.json:\d+:3: extra: there is no such property here$/,
    ],
    [
      'a run that lacks its trace',
      changed((copy) => delete (copy.runs[0] as Partial<Evidence['runs'][0]>).trace),
      /: runs\.0: trace is missing$/,
    ],
    [
      'no run',
      changed((copy) => copy.runs.splice(0)),
      /^evidence\.json:\d+:3: runs: must NOT have fewer than 1 items$/,
    ],
    [
      'an engine that is not known',
      changed((copy) => (copy.environment.engine = 'remote' as 'local')),
      new RegExp(`: environment\\.engine: must be one of ${ENGINES.join(', ')}$`),
    ],
    [
      'a key of a type that is not known',
      changed((copy) => Object.assign(copy.runs[0]?.after.databases[0]?.keys[0] ?? {}, { type: 'vector' })),
      /: runs\.0\.after\.databases\.0\.keys\.0\.type: there is no type named/,
    ],
  ])('refuses %s', (_, text, message) => {
    expect(complaint(text)).toMatch(message);
  });

  it('refuses evidence of an earlier version in one sentence', () => {
    expect(complaint('{ "version": 1, "runs": [] }')).toBe(
      `evidence.json:1:3: version 1 cannot be read, only version ${EVIDENCE_VERSION} can: an earlier keyspace-grader wrote it, so have it made anew`,
    );
  });

  it('refuses evidence of another version before all else', () => {
    expect(complaint('{\n  "version": 99,\n  "challenges": []\n}')).toBe(
      `evidence.json:2:3: version 99 cannot be read, only version ${EVIDENCE_VERSION} can: a later keyspace-grader wrote it, so update this one`,
    );
  });

  it('refuses what is not JSON, with its place', () => {
    expect(complaint('{ "version": 1,\n')).toMatch(/^evidence\.json:2:1: not valid JSON: /);
    expect(complaint('')).toMatch(/^evidence\.json:1:1: /);
  });
});

describe('evidenceSchema', () => {
  it('says of every definition what it is by reference alone, so that others can read it', () => {
    const text = JSON.stringify(evidenceSchema());
    const { definitions } = evidenceSchema() as { definitions: Record<string, unknown> };
    const used = [...text.matchAll(/"#\/definitions\/(\w+)"/g)].map(([, name]) => name);
    expect(new Set(used)).toEqual(new Set(Object.keys(definitions)));
  });
});
