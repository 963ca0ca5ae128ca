import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseFinding } from '@riposte/findings';
import { hostileFindings, manyFindings } from '@riposte/testing';
import { fakeEngine, fakeRule } from '../../testing/fake-engine.ts';
import { now } from '../../testing/fakes.ts';
import { previewRules } from '../preview/preview-rules.ts';
import { previewPage } from './preview-page.ts';

async function pageOf(documents: readonly unknown[], problem?: string): Promise<string> {
  const everything = fakeRule('all', () => true, [
    { update: { severity: 'HIGH', note: 'n', userDefinedFields: { a: 'b' } } },
    { notify: { channel: 'soc' } },
    { remediate: { action: 's3-block' } },
  ]);
  const report = await previewRules({
    engine: fakeEngine([everything, fakeRule('none', () => false, [])]),
    source: {
      name: '<b>findings.json',
      from: 'file',
      gaps: ['Security Hub V2 is not enabled'],
      async *read() {
        yield documents.map((document) => ({ finding: parseFinding(document) }));
        if (problem !== undefined) yield [{ place: 'line 1', problem }];
      },
    },
    folder: 'rules',
    now,
    limit: 500,
    stopwatch: () => 0,
  });
  return previewPage(report);
}

describe('the page of a preview', () => {
  it('lets nothing of a finding become markup', async () => {
    const page = await pageOf(hostileFindings(), '<script>');
    const tags = new Set([...page.matchAll(/<([a-z0-9]+)/gi)].map(([, tag = '']) => tag));
    for (const tag of ['img', 'iframe', 'link', 'b']) expect(tags).not.toContain(tag);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).not.toMatch(/<[^>]+\son[a-z]+\s*=/i);
    expect(page).not.toContain('\u202e');
  });

  it('asks for nothing, and lets in its own style and script alone', async () => {
    const page = await pageOf(manyFindings(3));
    expect(page).not.toMatch(/<[^>]+\s(src|href)="(?!#)/);
    const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
    expect(policy).toContain('default-src &#39;none&#39;');
    for (const element of ['style', 'script']) {
      const [, text = ''] = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page) ?? [];
      const hash = createHash('sha256').update(text).digest('base64');
      expect(policy).toContain(`${element}-src &#39;sha256-${hash}&#39;`);
    }
    expect(page).not.toMatch(/\sstyle="/);
  });

  it('names every heading that it links to', async () => {
    const page = await pageOf([...manyFindings(6)], 'is not JSON');
    for (const [, id] of page.matchAll(/href="#([a-z]+)"/g))
      expect(page).toContain(`<section id="${id}"`);
    expect(page).toContain('Security Hub V2 is not enabled');
  });

  it('stays below 2 MB for 10,000 findings', async () => {
    const page = await pageOf(manyFindings(10_000));
    expect(page).toContain('The first 250 of 10,000 findings that would change');
    expect(page.length).toBeLessThan(2_000_000);
  });
});
