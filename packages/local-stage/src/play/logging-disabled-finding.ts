import { createHash, randomUUID } from 'node:crypto';
import { formatArn, isArn, partitionOfRegion, trailArn } from '@riposte/findings';
import type { ServiceEvent } from '../delivery/types.ts';
import type { AccountRegion } from '../types.ts';
import {
  asffDocument,
  guardDutyDocument,
  type LoggingDisabled,
  ocsfDocument,
} from './finding-documents.ts';
import type { GuardDutyForm, PlayedFinding } from './types.ts';
import { uniqueId } from './user-identity.ts';

/**
 * GuardDuty's finding that a trail was stopped, as an event in one of its three forms: GuardDuty's own, imported into Security
 * Hub in ASFF, and in OCSF.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html
 */
export function loggingDisabledEvent(
  form: GuardDutyForm,
  finding: PlayedFinding,
  home: AccountRegion,
): ServiceEvent {
  const facts = factsOf(finding, home);
  const { kind, source, detail, resources } = forms[form](facts);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': kind,
    source,
    account: facts.accountId,
    time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    region: facts.region,
    resources,
    detail,
  };
}

function factsOf(finding: PlayedFinding, home: AccountRegion): LoggingDisabled {
  const accountId = finding.accountId ?? home.accountId;
  const region = finding.region ?? home.region;
  const partition = partitionOfRegion(region);
  const trails = finding.trails.map((trail) =>
    isArn(trail) ? trail : trailArn({ partition, region, accountId, name: trail }),
  );
  const id = finding.id ?? digest([accountId, ...trails].join('|'));
  const detectorId = digest(`${accountId}|${region}`);
  const userName = finding.caller?.userName ?? 'mallory';
  const place = { partition, region };
  return {
    ...{ accountId, region, partition, id, detectorId, trails, userName },
    arn: formatArn({
      ...{ ...place, service: 'guardduty', accountId },
      resource: `detector/${detectorId}/finding/${id}`,
    }),
    productArn: formatArn({
      ...{ ...place, service: 'securityhub', accountId: '' },
      resource: 'product/aws/guardduty',
    }),
    accessKeyId: finding.caller?.accessKeyId ?? uniqueId('AKIA', `${accountId}${userName}`),
    sourceIp: finding.caller?.sourceIp ?? '203.0.113.7',
    createdAt: (finding.createdAt ?? new Date()).toISOString(),
  };
}

function digest(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

interface Form {
  readonly kind: string;
  readonly source: string;
  readonly detail: object;
  readonly resources: readonly string[];
}

const forms: Readonly<Record<GuardDutyForm, (facts: LoggingDisabled) => Form>> = {
  guardduty: (facts) => ({
    kind: 'GuardDuty Finding',
    source: 'aws.guardduty',
    detail: guardDutyDocument(facts),
    resources: [],
  }),
  asff: (facts) => ({
    kind: 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    detail: { findings: [asffDocument(facts)] },
    resources: [`${facts.productArn}/${facts.arn}`],
  }),
  ocsf: (facts) => ({
    kind: 'Findings Imported V2',
    source: 'aws.securityhub',
    detail: { findings: [ocsfDocument(facts)] },
    resources: [],
  }),
};

/** The documents that an event of Security Hub carries. */
export function findingsOf(event: ServiceEvent): readonly object[] {
  return 'findings' in event.detail && Array.isArray(event.detail.findings)
    ? event.detail.findings
    : [];
}
