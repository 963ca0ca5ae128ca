import { describe, expect, it } from '@jest/globals';
import { findingKey, parseAsffFinding, parseFinding, parseOcsfFinding } from '@riposte/findings';
import { compileOwnership, enrichmentUpdate, type HistoryEntry, wishOf } from '@riposte/rules';
import { asffFinding, guardDutyFinding, ocsfFinding } from '@riposte/testing';
import type { FeedStore } from '../feeds/ports.ts';
import { refreshFeeds } from '../feeds/refresh-feeds.ts';
import { type EnrichPorts, enrichFinding } from './enrich-finding.ts';

const now = new Date('2026-11-24T12:00:00Z');
const bucket = 'arn:aws:s3:::payments';

const entry: HistoryEntry = {
  resource: bucket,
  control: 'x',
  version: 4,
  count: 2,
  firstAt: '2026-01-02T00:00:00Z',
  lastAt: '2026-05-02T00:00:00Z',
  open: {},
  outcome: { because: 'check passed', at: '2026-06-01T00:00:00Z' },
};

const emptyFeeds: FeedStore = { read: async () => undefined, write: async () => undefined };

async function feedsOf(...exploited: readonly string[]): Promise<FeedStore> {
  const held = new Map<string, string>();
  const store: FeedStore = {
    read: async (key) => held.get(key),
    write: async (key, text) => {
      held.set(key, text);
    },
  };
  const vulnerabilities = exploited.map((cveID) => ({
    cveID,
    vulnerabilityName: 'x',
    dateAdded: '2026-01-01',
    dueDate: '2026-01-22',
    knownRansomwareCampaignUse: 'Known',
  }));
  const catalog = {
    catalogVersion: '1',
    dateReleased: '2026-11-23T00:00:00Z',
    count: exploited.length,
    vulnerabilities,
  };
  const body = Buffer.from(JSON.stringify(catalog));
  const download = async ({ url }: { readonly url: string }) => {
    if (url.endsWith('gz')) throw new TypeError('no EPSS today');
    return { unchanged: false, body } as const;
  };
  await refreshFeeds({ download, store, clock: () => now, measure: () => undefined }).catch(
    () => undefined,
  );
  return store;
}

function ports(changes: Partial<EnrichPorts> = {}): EnrichPorts {
  return {
    ownersOf: compileOwnership({ ownership: [] }),
    history: { of: async () => entry },
    feeds: emptyFeeds,
    ...changes,
  };
}

function resources(tags: Readonly<Record<string, string>>) {
  return { Resources: [{ Type: 'AwsS3Bucket', Id: bucket, Tags: tags }] };
}

const everything = { with: ['owner', 'history', 'cve', 'risk'], setSeverity: true } as const;

describe('enrichFinding', () => {
  it('puts what it found into user-defined fields, and says why the severity is set', async () => {
    const finding = parseAsffFinding(
      asffFinding({
        ...resources({ Owner: 'ann', Env: 'prod' }),
        Vulnerabilities: [{ Id: 'CVE-2021-44228' }],
      }),
    );
    const enriched = await enrichFinding(
      finding,
      everything,
      ports({ feeds: await feedsOf('CVE-2021-44228') }),
      now,
    );
    expect(enriched.riskScore).toBe(47);
    expect(enriched.context).toEqual({ owner: 'ann', environment: 'prod' });
    expect(enriched.update).toEqual({
      severity: 'MEDIUM',
      note: 'risk 47 of 100, MEDIUM (severity low 10 + environment production 8 + exploited CVE-2021-44228, used for ransomware 25 + occurrences 2 before 4).',
      userDefinedFields: {
        'riposte:risk-score': '47',
        'riposte:risk-severity': 'MEDIUM',
        'riposte:risk-why':
          'severity low 10 + environment production 8 + exploited CVE-2021-44228, used for ransomware 25 + occurrences 2 before 4',
        'riposte:owner': 'ann',
        'riposte:team': 'none',
        'riposte:business-criticality': 'none',
        'riposte:data-classification': 'none',
        'riposte:environment': 'prod',
        'riposte:kev': 'CVE-2021-44228 since 2026-01-01, due 2026-01-22, ransomware',
        'riposte:epss': 'unknown',
        'riposte:history':
          'failed 2 times before, since 2026-01-02; last outcome: check passed on 2026-06-01',
        'riposte:unknown':
          'EPSS was never fetched; business criticality: nobody says; data classification: nobody says; exposed: the finding does not say; epss: EPSS was never fetched',
      },
    });
  });

  it('shows only what was asked for, and works the score out from all the same', async () => {
    const finding = parseAsffFinding(asffFinding(resources({ Env: 'prod' })));
    const { update, riskScore, context } = await enrichFinding(
      finding,
      { with: ['risk'] },
      ports(),
      now,
    );
    expect(riskScore).toBe(22);
    expect(context.environment).toBe('prod');
    expect(Object.keys(update.userDefinedFields ?? {}).sort()).toEqual([
      'riposte:risk-score',
      'riposte:risk-severity',
      'riposte:risk-why',
      'riposte:unknown',
    ]);
    expect(update).not.toHaveProperty('severity');
    expect(update).not.toHaveProperty('note');
  });

  it('puts all into the note of an OCSF finding, which has no such fields', async () => {
    const finding = parseOcsfFinding(ocsfFinding());
    const { update } = await enrichFinding(finding, everything, ports(), now);
    expect(Object.keys(update)).toEqual(['severity', 'note']);
    expect(update.note).toMatch(
      /^risk 14 of 100, LOW \(severity low 10 \+ .*\)\. team: blue\. history: failed/,
    );
    expect(update.note?.length).toBeLessThanOrEqual(512);
  });

  it('changes nothing on a finding of GuardDuty itself', async () => {
    const finding = parseFinding(guardDutyFinding());
    expect((await enrichFinding(finding, everything, ports(), now)).update).toEqual({});
  });

  it.each([
    [new Error('x'), 'Error'],
    ['x', 'unknown error'],
  ])(
    'says that the history could not be read, and does not call the finding new',
    async (thrown, name) => {
      const failing = ports({ history: { of: () => Promise.reject(thrown) } });
      const finding = parseAsffFinding(asffFinding());
      const { update } = await enrichFinding(finding, { with: ['history', 'risk'] }, failing, now);
      expect(update.userDefinedFields).toMatchObject({
        'riposte:history': 'unknown',
        'riposte:unknown': expect.stringContaining(`the history could not be read (${name})`),
      });
    },
  );

  it('says that live tags could not be read', async () => {
    const liveTags = {
      of: () => Promise.reject(Object.assign(new Error('x'), { name: 'AccessDenied' })),
    };
    const finding = parseAsffFinding(asffFinding(resources({})));
    const { update } = await enrichFinding(finding, { with: ['owner'] }, ports({ liveTags }), now);
    expect(update.userDefinedFields).toMatchObject({
      'riposte:owner': 'unknown',
      'riposte:unknown': 'tags could not be read (AccessDenied)',
    });
  });

  it('asks for nothing that no rule asked for', async () => {
    const finding = parseAsffFinding(asffFinding());
    expect(await enrichFinding(finding, { with: [] }, ports(), now)).toEqual({
      facts: {},
      context: {},
      update: {},
    });
  });

  it('says the same again a day later', async () => {
    const finding = parseAsffFinding(asffFinding(resources({ Owner: 'ann' })));
    const later = new Date(now.getTime() + 24 * 3_600_000);
    const first = await enrichFinding(finding, everything, ports(), now);
    expect(await enrichFinding(finding, everything, ports(), later)).toEqual(first);
  });

  it('lets no tag speak as a template or hide what it says', async () => {
    const owner = '{{ finding.title }}{% x %}\u202e{{{';
    const finding = parseAsffFinding(asffFinding(resources({ Owner: owner })));
    const { update } = await enrichFinding(finding, { with: ['owner'] }, ports(), now);
    const said = update.userDefinedFields?.['riposte:owner'] ?? '';
    expect(said).not.toMatch(/\{\{|\{%|\u202e/);
    expect(said).toContain('finding.title');
  });
});

describe('enrichmentUpdate of CVEs', () => {
  const finding = parseAsffFinding(asffFinding());
  const fresh = { state: 'fresh', asOf: '2026-11-24T00:00:00Z' } as const;
  const stale = { state: 'stale', asOf: '2026-11-20T00:00:00Z' } as const;

  it('says what is likeliest, how old it is, and what was left out', () => {
    const cves = [
      { cve: 'CVE-2020-0001', epss: { score: 0.00123, percentile: 0.3 } },
      { cve: 'CVE-2020-0002', epss: { score: 0.98765, percentile: 0.999 } },
    ];
    const cve = { cves, feeds: { kev: fresh, epss: stale }, leftOut: 3 };
    expect(enrichmentUpdate(finding, { cve }).userDefinedFields).toEqual({
      'riposte:kev': 'none of its CVEs (3 more were not looked up)',
      'riposte:epss':
        '0.99 (CVE-2020-0002, percentile 1) (3 more were not looked up) (stale, as of 2026-11-20)',
      'riposte:unknown': 'nothing',
    });
  });

  it('says nothing of CVEs on a finding that has none', () => {
    const cve = { cves: [], feeds: { kev: fresh, epss: fresh }, leftOut: 0 };
    expect(enrichmentUpdate(finding, { cve })).toEqual({});
    expect(findingKey(finding)).not.toBe('');
  });

  it('says that there is no score', () => {
    const cve = {
      cves: [{ cve: 'CVE-2020-0001' }],
      feeds: { kev: fresh, epss: fresh },
      leftOut: 0,
    };
    expect(enrichmentUpdate(finding, { cve }).userDefinedFields?.['riposte:epss']).toBe('no score');
  });
});

describe('wishOf', () => {
  it('takes what several rules ask for together', () => {
    expect(wishOf([{ with: ['owner'] }, { with: ['risk', 'owner'], setSeverity: true }])).toEqual({
      with: ['owner', 'risk'],
      setSeverity: true,
    });
    expect(wishOf([])).toEqual({ with: [], setSeverity: false });
  });
});
