import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import markdownIt from 'markdown-it';
import { type FinalResults, Parser } from 'tap-parser';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { shownChecks } from '../../judging/report/waiting-checks.ts';
import { CASE_NAMES, CASES, type CaseName, CONTEXT } from '../../testing/format-cases.ts';
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
    const points = reports.length > 1 ? reports.length : (reports[0]?.checks.length ?? 0);
    expect(results).toMatchObject({ count: points, plan: { end: points } });
    const isRight = reports.every(({ status, checks }) => status === 'passed' || checks.length === 0);
    expect(results.ok).toBe(isRight);
  });
});

/** As GitHub renders it: tables, links of what looks like one, HTML let through. */
const rendered = (text: string) => markdownIt({ html: true, linkify: true }).render(text);

describe('markdown', () => {
  it.each(CASE_NAMES)('is rendered as what was meant in the case %s', async (name) => {
    const html = rendered(await mainFile('markdown', name));
    const tags = new Set([...html.matchAll(/<([a-z]\w*)/g)].map(([, tag]) => tag));
    for (const tag of ['a', 'img', 'script', 'b']) expect(tags).not.toContain(tag);
    // Outside of code GitHub would make more of it: people are told, issues are linked.
    const outside = html.replaceAll(/<(code|pre)\b.*?<\/\1>/gs, '');
    expect(outside).not.toMatch(/everyone|alert|::|##|\]\(/);
    const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([row]) => row.match(/<t[hd]\b/g)?.length);
    expect(new Set(rows).size).toBeLessThanOrEqual(1);
    const reports = CASES[name].map(({ report }) => report);
    const tables =
      reports.filter((report) => shownChecks(report).shown.length > 0).length + (reports.length > 1 ? 1 : 0);
    expect(html.match(/<table>/g)?.length ?? 0).toBe(tables);
  });

  it('lets nothing that a learner wrote be Markdown or HTML', async () => {
    const html = rendered(await mainFile('markdown', 'hostile'));
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
