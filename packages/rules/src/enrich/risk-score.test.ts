import { describe, expect, it } from '@jest/globals';
import { parseOcsfFinding } from '@riposte/findings';
import { asffOf, ocsfOf } from '../evaluate/testing/findings.ts';
import type { CveContext, CveFacts } from './cve-facts.ts';
import { exposureOf } from './exposure-of.ts';
import { type RiskFacts, riskScore } from './risk-score.ts';

const fresh = { state: 'fresh', asOf: '2026-11-24' } as const;
const unreadable = { state: 'unknown', reason: 'the feed could not be read' } as const;
const kev = { name: 'Log4Shell', dateAdded: '2021-12-10', dueDate: '2021-12-24', ransomware: true };

function cves(...facts: readonly CveFacts[]): CveContext {
  return { cves: facts, feeds: { kev: fresh, epss: fresh }, leftOut: 0 };
}

function finding(changes: Readonly<Record<string, unknown>> = {}) {
  const Severity = { Label: 'HIGH' };
  return asffOf({
    Severity,
    FindingProviderFields: { Severity, Types: [] },
    Types: [],
    ...changes,
  });
}

const harmless: RiskFacts = {
  context: {
    businessCriticality: 'Low',
    dataClassification: 'public',
    environment: 'Sandbox',
  },
  occurrences: 0,
};

describe('riskScore', () => {
  it('explains every point of the worked example in docs/risk-score.md', () => {
    const risk = riskScore(finding(), {
      context: { businessCriticality: 'Tier 1', environment: 'prod' },
      cve: cves({ cve: 'CVE-2021-44228', kev, epss: { score: 0.64, percentile: 0.99 } }),
      occurrences: 2,
    });
    expect(risk).toEqual({
      score: 100,
      severity: 'CRITICAL',
      contributions: [
        { input: 'severity', value: 'high', points: 50 },
        { input: 'businessCriticality', value: 'critical', points: 15 },
        { input: 'environment', value: 'production', points: 8 },
        { input: 'exploited', value: 'CVE-2021-44228, used for ransomware', points: 25 },
        { input: 'epss', value: '0.64 (CVE-2021-44228)', points: 8 },
        { input: 'occurrences', value: '2 before', points: 4 },
      ],
      unknown: [
        { input: 'dataClassification', reason: 'nobody says' },
        { input: 'exposed', reason: 'the finding does not say' },
      ],
    });
  });

  it('lowers the severity where everything is known to be harmless', () => {
    expect(riskScore(finding(), harmless)).toMatchObject({ score: 50, severity: 'MEDIUM' });
  });

  it.each<[string, RiskFacts]>([
    ['the history', { context: harmless.context ?? {} }],
    ['everything', {}],
    [
      'the environment',
      { ...harmless, context: { ...harmless.context, environment: 'blue', unknown: [] } },
    ],
  ])('does not lower it while %s is unknown', (_, facts) => {
    expect(riskScore(finding(), facts)).toMatchObject({ score: 50, severity: 'HIGH' });
  });

  it('says what could not be read, and what is no level', () => {
    const context = { unknown: ['environment'], dataClassification: 'blue' };
    expect(riskScore(finding(), { context, occurrences: 0 }).unknown).toEqual([
      { input: 'businessCriticality', reason: 'nobody says' },
      { input: 'dataClassification', reason: 'no data classification is called that' },
      { input: 'environment', reason: 'could not be read' },
      { input: 'exposed', reason: 'the finding does not say' },
    ]);
  });

  it('starts from the severity of the provider, so that its own result does not raise it again', () => {
    const raised = finding({
      Severity: { Label: 'CRITICAL' },
      FindingProviderFields: { Severity: { Label: 'LOW' }, Types: [] },
    });
    expect(riskScore(raised, harmless).score).toBe(10);
    const vendor_attributes = { severity: 'High', severity_id: 4 };
    const ocsf = ocsfOf({ severity_id: 5, vendor_attributes });
    expect(riskScore(ocsf, harmless).score).toBe(50);
    const { vendor_attributes: _, ...plain } = ocsf.raw;
    expect(riskScore(parseOcsfFinding(plain), harmless).score).toBe(70);
  });
});

describe('CVEs', () => {
  const vulnerable = finding({ Vulnerabilities: [{ Id: 'CVE-2021-44228' }] });

  it.each<[string, CveContext | undefined, readonly string[]]>([
    ['were not looked up', undefined, ['CVEs were not looked up', 'CVEs were not looked up']],
    [
      'are in feeds that could not be read',
      { ...cves({ cve: 'CVE-2021-44228' }), feeds: { kev: unreadable, epss: unreadable } },
      ['the feed could not be read', 'the feed could not be read'],
    ],
    [
      'are too many to look up',
      { ...cves({ cve: 'CVE-2021-44228', epss: { score: 0, percentile: 0 } }), leftOut: 3 },
      ['3 of its CVEs were not looked up'],
    ],
    ['have no score', cves({ cve: 'CVE-2021-44228' }), ['EPSS has no score for its CVEs']],
  ])('that %s are unknown', (_, cve, reasons) => {
    const { unknown } = riskScore(vulnerable, { ...harmless, ...(cve && { cve }) });
    expect(unknown.filter(({ input }) => input !== 'exposed').map(({ reason }) => reason)).toEqual(
      reasons,
    );
  });

  it('count by the worst of them', () => {
    const cve = cves(
      { cve: 'CVE-2020-0001', epss: { score: 0.01, percentile: 0.5 } },
      {
        cve: 'CVE-2020-0002',
        epss: { score: 0.25, percentile: 0.9 },
        kev: { ...kev, ransomware: false },
      },
    );
    expect(riskScore(vulnerable, { ...harmless, cve }).contributions.slice(-3)).toEqual([
      { input: 'exploited', value: 'CVE-2020-0002', points: 20 },
      { input: 'epss', value: '0.25 (CVE-2020-0002)', points: 5 },
      { input: 'occurrences', value: '0 before', points: 0 },
    ]);
  });

  it('that are in no catalog add nothing', () => {
    const cve = cves({ cve: 'CVE-2020-0001', epss: { score: 0, percentile: 0 } });
    expect(riskScore(vulnerable, { ...harmless, cve })).toMatchObject({
      score: 50,
      severity: 'MEDIUM',
    });
  });

  it('do not matter to a finding that has none', () => {
    const inputs = riskScore(finding(), harmless).contributions.map(({ input }) => input);
    expect(inputs).not.toContain('epss');
    expect(riskScore(finding(), { ...harmless, cve: cves() }).severity).toBe('MEDIUM');
  });
});

describe('exposureOf', () => {
  const Compliance = { Status: 'FAILED', SecurityControlId: 'S3.2' };
  it.each<[Readonly<Record<string, unknown>>, true | undefined]>([
    [{ Compliance }, true],
    [{ Compliance: { ...Compliance, Status: 'PASSED' } }, undefined],
    [{ Compliance: { ...Compliance, SecurityControlId: 'S3.4' } }, undefined],
    [{ Types: ['Effects/Data Exposure/x'] }, true],
    [
      { Resources: [{ Id: 'a', Details: { AwsRdsDbInstance: { PubliclyAccessible: true } } }] },
      true,
    ],
    [{ Title: 'exposed to the internet' }, undefined],
  ])('reads %j as %s', (changes, exposed) => {
    expect(exposureOf(finding(changes))).toBe(exposed);
  });

  it('reads OCSF', () => {
    const compliance = { control: 'S3.2', status: 'Fail' };
    expect(exposureOf(ocsfOf({ compliance }))).toBe(true);
  });
});
