import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMAND_PATTERN_PROPERTIES } from '../checks/command-pattern.ts';
import { CHECK_KINDS } from '../checks/kinds/index.ts';
import { makeAjv } from '../document/validator.ts';
import { graderSchema } from '../grader/schema.ts';
import { checksGuide, failureOf } from './checks-guide.ts';
import { CHECK_EXAMPLES } from './examples/index.ts';

const guide = checksGuide();

/** The text below a heading, up to the next one. */
function section(heading: string): string {
  const [, text = ''] = guide.split(`\n${heading}\n`);
  return text.split(/\n#{2,3} /)[0] ?? '';
}

describe('the guide to checks', () => {
  it.each(CHECK_KINDS.map(({ kind, properties }) => [kind, Object.keys(properties)] as const))(
    'tells of %s and of all its properties',
    (kind, properties) => {
      expect(guide).toContain(`- [${kind}](#${kind}): `);
      const text = section(`### ${kind}`);
      const isPattern = text.includes('[command pattern](#command-patterns) itself');
      const pattern = [...Object.keys(COMMAND_PATTERN_PROPERTIES), 'anyOf'];
      for (const property of properties) {
        if (!isPattern || !pattern.includes(property))
          expect(text).toMatch(new RegExp(`^\\| \`${property}\`\\*? \\|`, 'm'));
      }
    },
  );

  it('tells of custom checks, matchers and command patterns', () => {
    expect(section('### custom')).toContain('`function`*');
    expect(section('## Matchers')).toContain('| `isoDateTime` | `true` |');
    for (const property of Object.keys(COMMAND_PATTERN_PROPERTIES))
      expect(section('## Command patterns')).toContain(`| \`${property}\``);
  });

  it('leads nowhere that is not there', () => {
    const headings = [...guide.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    for (const [, anchor] of guide.matchAll(/\]\(#([^)]+)\)/g)) expect(headings).toContain(anchor);
  });

  it('has a word for every type, and a meaning for every property', () => {
    expect(guide).not.toMatch(/\| {2}\|$/m);
    expect(guide).not.toMatch(/undefined|\[object|\bstring\b \||null/);
  });

  it('has an example of each kind', () => {
    expect(CHECK_EXAMPLES.map(({ kind }) => kind)).toEqual(CHECK_KINDS.map(({ kind }) => kind));
  });

  const fitsSchema = makeAjv().compile(graderSchema());

  it.each(CHECK_EXAMPLES)('has an example of $kind that a grader may hold', ({ kind, yaml }) => {
    const common = { id: 'one', title: 'It is right', points: 1, hints: ['Look again.'] };
    fitsSchema({ title: 'Examples', points: 1, checks: [{ ...common, kind, ...parse(yaml) }] });
    expect(fitsSchema.errors).toBeNull();
    expect(section(`### ${kind}`)).toContain(`\`\`\`yaml\nkind: ${kind}\n${yaml}\n\`\`\``);
  });

  it.each(CHECK_EXAMPLES)('tells what $kind says on failure', (example) => {
    const [line = ''] = failureOf(example).actual.split('\n');
    expect(section(`### ${example.kind}`)).toContain(`\nfound     ${line}`);
  });
});
