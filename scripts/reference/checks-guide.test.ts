import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { makeAjv } from '../../graders/harness/base/document/validator.ts';
import { graderSchema } from '../../graders/harness/challenges/grader/schema.ts';
import { COMMAND_PATTERN_DEFINITION } from '../../graders/harness/judging/checks/command-pattern.ts';
import { CHECK_KINDS } from '../../graders/harness/judging/checks/kinds/index.ts';
import { checksGuide, failureOf } from './checks-guide.ts';

const guide = checksGuide();

/** The text below a heading, up to the next one. */
function section(heading: string): string {
  const [, text = ''] = guide.split(`\n${heading}\n`);
  return text.split(/\n#{2,3} /)[0] ?? '';
}

describe('the guide to checks', () => {
  it.each(CHECK_KINDS.map(({ kind, parameters }) => [kind, Object.keys(parameters.properties)] as const))(
    'tells of %s and of all its properties',
    (kind, properties) => {
      expect(guide).toContain(`- [${kind}](#${kind}): `);
      const text = section(`### ${kind}`);
      const isPattern = text.includes('[command pattern](#command-patterns) itself');
      const pattern = [...Object.keys(COMMAND_PATTERN_DEFINITION.properties), 'anyOf'];
      for (const property of properties) {
        if (!isPattern || !pattern.includes(property))
          expect(text).toMatch(new RegExp(`^\\| \`${property}\`\\*? \\|`, 'm'));
      }
    },
  );

  it('tells of custom checks, matchers and command patterns', () => {
    expect(section('### custom')).toContain('`function`*');
    expect(section('## Matchers')).toContain('| `isoDateTime` | `true` |');
    for (const property of Object.keys(COMMAND_PATTERN_DEFINITION.properties))
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

  const fitsSchema = makeAjv().compile(graderSchema());

  it.each(CHECK_KINDS)('has an example of $kind that a grader may hold', ({ kind, example: { yaml } }) => {
    const common = { id: 'one', title: 'It is right', points: 1, hints: ['Look again.'] };
    fitsSchema({ title: 'Examples', points: 1, checks: [{ ...common, kind, ...parse(yaml) }] });
    expect(fitsSchema.errors).toBeNull();
    expect(section(`### ${kind}`)).toContain(`\`\`\`yaml\nkind: ${kind}\n${yaml}\n\`\`\``);
  });

  it.each(CHECK_KINDS)('tells what $kind says on failure', (kind) => {
    const [line = ''] = failureOf(kind).actual.split('\n');
    expect(section(`### ${kind.kind}`)).toContain(`\nfound     ${line}`);
  });
});
