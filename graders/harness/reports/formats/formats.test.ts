import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import markdownIt from 'markdown-it';
import { type FinalResults, Parser } from 'tap-parser';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { CASE_NAMES, CASES, type CaseName, CLASSROOM50, CONTEXT } from '../../testing/format-cases.ts';
import type { ClassroomResult } from './classroom.ts';
import { classroomResult } from './classroom.ts';
import { totalOf } from './format.ts';
import { REPORT_FORMATS, type ReportFormatName } from './index.ts';
import { markdownReport } from './markdown.ts';

const contract = (name: string) => readFileSync(join(import.meta.dirname, 'contracts', name), 'utf8');

/** The files that a format writes for a case. */
async function write(format: ReportFormatName, name: CaseName, path = 'report') {
  return (await REPORT_FORMATS[format].load()).files(CASES[name], path, CONTEXT);
}

async function mainFile(format: ReportFormatName, name: CaseName): Promise<string> {
  const [file] = await write(format, name);
  if (!file) throw new Error(`${format} wrote nothing`);
  return file.content;
}

describe.each([
  ['junit', 'xml'],
  ['tap', 'tap'],
  ['markdown', 'md'],
  ['classroom', 'json'],
  ['gradescope', 'json'],
] as const)('%s', (format, extension) => {
  it.each(CASE_NAMES)('writes the case %s as the golden has it', async (name) => {
    const content = await mainFile(format, name);
    await expect(content).toMatchFileSnapshot(`goldens/${name}.${format}.${extension}`);
    // Control characters of learners never come through.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant.
    expect(content).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
  });
});

describe('json', () => {
  it('is the report, or a list of them', async () => {
    expect(JSON.parse(await mainFile('json', 'part'))).toEqual(CASES.part[0]?.report);
    expect(JSON.parse(await mainFile('json', 'several'))).toEqual(CASES.several.map(({ report }) => report));
  });
});

describe.each(['classroom', 'gradescope'] as const)('%s', (format) => {
  const fits = new Ajv({ allErrors: true }).compile(JSON.parse(contract(`${format}.schema.json`)));

  it.each(CASE_NAMES)('fits the schema in the case %s', async (name) => {
    fits(JSON.parse(await mainFile(format, name)));
    expect(fits.errors).toBeNull();
  });
});

describe('junit', () => {
  it.each(CASE_NAMES)('fits the schema in the case %s', async (name) => {
    const { errors } = await validateXML({
      xml: await mainFile('junit', name),
      schema: contract('junit.xsd'),
    });
    expect(errors).toEqual([]);
  });
});

describe('tap', () => {
  it.each(CASE_NAMES)('is read by a parser as what it says in the case %s', async (name) => {
    const text = await mainFile('tap', name);
    const results = await new Promise<FinalResults>((resolve) => {
      new Parser({ strict: true }, resolve).end(text);
    });
    const reports = CASES[name].map(({ report }) => report);
    expect(Boolean(results.bailout)).toBe(reports.some(({ status }) => status === 'error'));
    if (results.bailout) return;
    const isRight = reports.every(({ status, checks }) => status === 'passed' || checks.length === 0);
    expect(results.ok).toBe(isRight);
  });
});

/** The two figures of the reporter, reckoned as its sources do. */
function reporterFigures({ max_score, tests }: ClassroomResult) {
  const passed = tests.filter(({ status }) => status === 'pass').length;
  return {
    table: (passed / tests.length) * max_score,
    sent: max_score === 0 ? null : tests.reduce((sum, { score }) => sum + score, 0),
  };
}

describe('classroom', () => {
  const graded = CASE_NAMES.filter((name) => !/error|gradable/.test(name));

  it.each(graded)('has both figures of the reporter say our score in the case %s', (name) => {
    const { score, maxScore } = totalOf(CASES[name]);
    const result = classroomResult(CASES[name]);
    expect(result.max_score).toBe(maxScore);
    expect(reporterFigures(result)).toEqual({ table: score, sent: score });
    expect(result.status).toBe(score === maxScore ? 'pass' : 'fail');
  });

  it.each(graded)('scales to the points that a teacher gives in the case %s', (name) => {
    const { score, maxScore } = totalOf(CASES[name]);
    const result = classroomResult(CASES[name], 100);
    const { table, sent } = reporterFigures(result);
    expect(result.max_score).toBe(100);
    expect(table).toBeCloseTo((100 * score) / maxScore, 9);
    expect(sent).toBeCloseTo((100 * score) / maxScore, 9);
  });

  it.each(['error', 'check-error', 'not-gradable', 'several-with-error'] as const)(
    'sends no points in the case %s',
    (name) => {
      const result = classroomResult(CASES[name]);
      expect(result.status).toBe('error');
      expect(reporterFigures(result)).toEqual({ table: 0, sent: null });
    },
  );
});

describe('classroom50', () => {
  const fits = new Ajv({ allErrors: true }).compile(JSON.parse(contract('classroom50.schema.json')));
  const format = REPORT_FORMATS.classroom50;

  it.each(['passed', 'part', 'fractions', 'failed', 'not-started', 'several', 'hostile'] as const)(
    'writes result.json and release-body.md in the case %s',
    async (name) => {
      const files = await write('classroom50', name, 'somewhere/result.json');
      expect(files.map(({ path }) => path)).toEqual([
        'somewhere/result.json',
        join('somewhere', 'release-body.md'),
      ]);
      await expect(files[0]?.content).toMatchFileSnapshot(`goldens/${name}.classroom50.json`);
      const result = JSON.parse(String(files[0]?.content));
      fits(result);
      expect(fits.errors).toBeNull();
      const sum = (field: string) =>
        result.tests.reduce((total: number, test: Record<string, number>) => total + Number(test[field]), 0);
      expect([sum('score'), sum('max-score')]).toEqual([result.score, result['max-score']]);
      const { score, maxScore } = totalOf(CASES[name]);
      expect(result.score / result['max-score']).toBeCloseTo(score / maxScore, 12);
      expect(result.datetime).toBe('2026-06-01T14:32:01Z');
    },
  );

  it.each(['error', 'check-error', 'not-gradable', 'several-with-error'] as const)(
    'writes nothing in the case %s',
    async (name) => {
      expect(await write('classroom50', name)).toEqual([]);
    },
  );

  it('names what the environment lacks', async () => {
    const { check } = (await format?.load()) ?? {};
    expect(() => check?.(CLASSROOM50)).not.toThrow();
    expect(() => check?.({ ...CLASSROOM50, COMMIT_URL: '', OWNER: undefined })).toThrow(
      'needs COMMIT_URL and OWNER (or USERNAME) in the environment',
    );
    expect(() => check?.({ ...CLASSROOM50, OWNER: undefined, USERNAME: 'hsolo' })).not.toThrow();
  });
});

describe('markdown', () => {
  it('lets nothing that a learner wrote be Markdown or HTML', async () => {
    const html = markdownIt({ html: true, linkify: true }).render(await mainFile('markdown', 'hostile'));
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toMatch(
      /<(?!\/?(?:h[1-6]|p|strong|code|pre|table|thead|tbody|tr|th|td|blockquote|em)\b)/,
    );
  });

  it('is cut to a size, and says so', () => {
    const actual = 'x'.repeat(2_000);
    const [first] = CASES.part;
    const failedCheck = first?.report.checks[1];
    if (!first || !failedCheck?.failure) throw new Error('the case has changed');
    const checks = Array.from({ length: 40 }, (_, index) => ({
      ...failedCheck,
      id: `c${index}`,
      failure: { ...failedCheck.failure, actual },
    })) as typeof first.report.checks;
    const submissions = [{ ...first, report: { ...first.report, checks } }];
    const whole = markdownReport(submissions);
    const cut = markdownReport(submissions, 30_000);
    expect(Buffer.byteLength(whole)).toBeGreaterThan(80_000);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(30_000);
    expect(cut).toMatch(/_\d+ more parts would not fit in here: see the whole report\._/);
    expect(cut.split('\n').filter((line) => line.startsWith('| ❌ |'))).toHaveLength(40);
  });
});
