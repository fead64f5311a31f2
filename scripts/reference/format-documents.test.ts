import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../../graders/harness/base/document/schema.ts';
import { PROJECT_ROOT } from '../../graders/harness/base/project.ts';
import { resultsSchema } from '../../graders/harness/batch/schema.ts';
import { EvidenceLimits } from '../../graders/harness/evidence/limits.ts';
import { evidenceSchema } from '../../graders/harness/evidence/schema.ts';
import { reportSchema } from '../../graders/harness/judging/report/schema.ts';
import { formatDocuments, LIMITS_IN_WORDS } from './format-documents.ts';
import { formatTables } from './format-tables.ts';
import { fillRegions } from './marked-regions.ts';

/** The names of all fields that a schema tells of. */
function fieldNames(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { properties?: Record<string, Schema> };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(fieldNames)];
}

/** The names of the fields that may be missing. */
function optionalNames(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, required = [] } = schema as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  const optional = Object.keys(properties ?? {}).filter((name) => !required.includes(name));
  return [...optional, ...Object.values(schema).flatMap(optionalNames)];
}

it('what evidence of earlier days lacks is told in docs/evidence.md', () => {
  const text = readFileSync(join(PROJECT_ROOT, 'docs', 'evidence.md'), 'utf8');
  const [, versions = ''] = /\n## Versions\n([\s\S]*?)\n## /.exec(text) ?? [];
  const told = [...versions.matchAll(/^\| `(\w+)`[^|]* \|/gm)].map(([, name]) => name);
  expect(told.sort()).toEqual([...new Set(optionalNames(evidenceSchema()))].sort());
});

it('each limit of evidence is told in words', () => {
  expect(Object.keys(LIMITS_IN_WORDS).sort()).toEqual(Object.keys(EvidenceLimits).sort());
});

describe('the fields of a format', () => {
  it.each([
    ['evidence', evidenceSchema()],
    ['report', reportSchema()],
    ['results', resultsSchema()],
  ])('are all told: %s', (_, schema) => {
    const text = formatTables(schema, 'The document', 3);
    for (const name of fieldNames(schema)) expect(text).toContain(`\`${name}\``);
    expect(text).not.toMatch(/undefined|\[object|\| {2}\| {2}\|/);
  });

  it('lead nowhere that is not there', () => {
    for (const schema of [evidenceSchema(), reportSchema(), resultsSchema()]) {
      const text = formatTables(schema, 'The document', 3);
      const headings = [...text.matchAll(/^### (.+)$/gm)].map(([, title = '']) =>
        title.toLowerCase().replace(/[^a-z0-9 -]/g, ''),
      );
      for (const [, anchor = ''] of text.matchAll(/\]\(#([^)]+)\)/g)) expect(headings).toContain(anchor);
    }
  });
});

describe('fillRegions', () => {
  it('changes nothing but what stands in the regions', () => {
    const text = 'before\n<!-- generated: a -->\nold\n<!-- /generated -->\nafter\n';
    const filled = 'before\n<!-- generated: a -->\n\nnew\n\n<!-- /generated -->\nafter\n';
    expect(fillRegions(text, { a: 'new' })).toBe(filled);
    expect(fillRegions(filled, { a: 'new' })).toBe(filled);
  });

  it('says what has no region, and which region has nothing', () => {
    expect(() => fillRegions('text', { a: 'new' })).toThrow('there is no region for a');
    expect(() => fillRegions('<!-- generated: b -->\n<!-- /generated -->', {})).toThrow('for the region b');
  });

  it.each(Object.entries(formatDocuments()))('%s is up to date', (name, parts) => {
    const text = readFileSync(join(PROJECT_ROOT, name), 'utf8');
    expect(fillRegions(text, parts) === text, 'run `npm run generate`').toBe(true);
  });
});
