import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { failed, report } from '../../testing/report.ts';
import { junitXml, suiteOf } from './junit.ts';

describe('junitXml', () => {
  it('keeps what looks like an entity as text, so that the document stays readable', async () => {
    const found = 'SET a "&bogus; &lt; &#0; &#9999999999; &amp;"';
    const graded = report({ checks: [failed('one', { actual: found }, { title: '&nbsp;' })] });
    const xml = junitXml([suiteOf(graded, new Date('2026-06-01T12:00:00Z'))]);
    const schema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="testsuites"/></xs:schema>`;
    expect((await validateXML({ xml, schema })).errors).toEqual([]);
    expect(xml).toContain('name="&amp;nbsp;"');
    expect(xml).toContain('SET a &quot;&amp;bogus; &amp;lt; &amp;#0; &amp;#9999999999; &amp;amp;&quot;');
  });
});
