import { type ElementCompact, xml2js } from 'xml-js';

/** What a reader of JUnit's XML makes of a test case. */
export interface ReadCase {
  name: string;
  result: 'success' | 'failed' | 'skipped';
}

/** A note on a line of a file. */
export interface Annotation {
  path: string;
  line: number;
  title: string;
  message: string;
}

/**
 * Reads a document as mikepenz/action-junit-report does, in our own words and with its own XML parser: the cases, and
 * what it annotates. `exists` says which files there are, by their paths in the repository.
 * Source: src/testParser.ts there, at 305cd1f.
 */
export function readAsMikepenz(
  xml: string,
  exists: (path: string) => boolean,
): { cases: ReadCase[]; annotations: Annotation[] } {
  const annotations: Annotation[] = [];
  const cases = suitesOf(xml).flatMap((suite) =>
    casesOf(suite).map((testcase): ReadCase => {
      const { name, classname, file, line } = attributesOf(testcase);
      const issue = listOf(testcase.failure)[0] ?? listOf(testcase.error)[0];
      if (testcase.skipped) return { name: String(name), result: 'skipped' };
      if (!issue) return { name: String(name), result: 'success' };
      const text = String(issue._text ?? '').trim();
      const place = placeOf(
        file ?? attributesOf(issue).file ?? attributesOf(suite).file,
        Number.parseInt(line ?? '', 10) || null,
        classname || String(name),
        text,
      );
      annotations.push({
        // What is no file it looks for anywhere, by a pattern made of the name.
        path: exists(place.file) ? place.file : `**/${place.file}.*`,
        line: place.line,
        title: place.file === name ? String(name) : `${place.file}.${name}`,
        message: (attributesOf(issue).message || text.split('\n').slice(0, 2).join('\n')).trim(),
      });
      return { name: String(name), result: 'failed' };
    }),
  );
  return { cases, annotations };
}

/** A class name is a path to it: its last part, up to a dot, is the file. */
function placeOf(file: string | undefined, line: number | null, className: string, output: string) {
  const name = file ?? className.split('.').at(-1) ?? '';
  if (name !== '' && line !== null) return { file: name, line };
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match = output.match(new RegExp(` [^ ]*${escaped}.*?:\\d+`, 'g'))?.at(-1);
  return { file: name, line: match ? Number(match.split(':').at(-1)) : (line ?? 1) };
}

/**
 * Reads a document as dorny/test-reporter does, in our own words: it knows no `error`, which counts as failed.
 * Source: src/parsers/java-junit/java-junit-parser.ts there, at 29672c5.
 */
export function readAsDorny(xml: string): { suite: string; group: string; case: ReadCase }[] {
  return suitesOf(xml).flatMap((suite) => {
    const { name: suiteName = '' } = attributesOf(suite);
    return casesOf(suite).map((testcase) => {
      const { name = '', classname = '' } = attributesOf(testcase);
      const result = testcase.failure || testcase.error ? 'failed' : testcase.skipped ? 'skipped' : 'success';
      // A class of the suite's name makes no group of its own.
      const group = classname === suiteName ? '' : classname;
      return { suite: suiteName.trim(), group, case: { name: name.trim(), result } };
    });
  });
}

function suitesOf(xml: string): ElementCompact[] {
  const { testsuites } = xml2js(xml, { compact: true }) as ElementCompact;
  return listOf(testsuites?.testsuite);
}

function casesOf(suite: ElementCompact): ElementCompact[] {
  return listOf(suite.testcase);
}

/** One of a name stands alone in its parser's objects, several in a list. */
function listOf(value: ElementCompact | ElementCompact[] | undefined): ElementCompact[] {
  return value === undefined ? [] : [value].flat();
}

function attributesOf(element: ElementCompact): Record<string, string | undefined> {
  return (element._attributes ?? {}) as Record<string, string | undefined>;
}
