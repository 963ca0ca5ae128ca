import { describe, expect, it } from '@jest/globals';
import { html } from './html.ts';

describe('html', () => {
  it('shows text as it is, wherever it stands', () => {
    const hostile = `<script>"'\`&\u202e`;
    expect(html`<p title="${hostile}">${[hostile, 1]}</p>`.markup).toBe(
      '<p title="&lt;script&gt;&quot;&#39;&#96;&amp;\\u{202e}">&lt;script&gt;&quot;&#39;&#96;&amp;\\u{202e}1</p>',
    );
  });

  it('leaves out what is not there', () => {
    expect(html`${undefined}${false}${html`<b>${0}</b>`}`.markup).toBe('<b>0</b>');
  });
});
