import { describe, expect, it } from 'vitest';
import { html, lines } from './markup.ts';

describe('html', () => {
  it('takes what is put in for text', () => {
    const evil = `</p><script>alert("1")</script>&'`;
    expect(html`<p title="${evil}">${evil}</p>`.markup).toBe(
      '<p title="&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;">' +
        '&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;</p>',
    );
  });

  it('shows what cannot be seen', () => {
    expect(html`${'a\u202eb\u0000\u200b\n'}`.markup).toBe('a\\u202eb\\x00\\u200b\\n');
  });

  it('keeps markup, joins lists, and leaves nothing of null and false', () => {
    const items = ['<', '>'].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}</ul>${null}${false}${0}`.markup).toBe('<ul><li>&lt;</li><li>&gt;</li></ul>0');
  });

  it('refuses an attribute without quotes', () => {
    expect(() => html`<p title=${'a onclick=b'}></p>`).toThrow(/needs quotes/);
  });
});

describe('lines', () => {
  it('keeps line feeds and escapes the rest', () => {
    expect(lines('a\r\n<b>\t\u001b[2J').markup).toBe('a\n&lt;b&gt;\\t\\x1b[2J');
  });
});
