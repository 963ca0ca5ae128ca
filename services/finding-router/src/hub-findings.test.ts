import {
  BatchUpdateFindingsCommand,
  BatchUpdateFindingsV2Command,
  GetFindingsCommand,
  GetFindingsV2Command,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ocsfFinding } from '@riposte/testing';
import { mockClient } from 'aws-sdk-client-mock';
import { hubFindings } from './hub-findings.ts';
import type { FindingName } from './update-findings.ts';

const mock = mockClient(SecurityHubClient);
const hub = hubFindings(new SecurityHubClient({ region: 'eu-west-1' }));
const product = (version: string) => `arn:aws:securityhub:eu-west-1::${version}/aws/guardduty`;

function named(id: string, format: FindingName['format'] = 'asff'): FindingName {
  const productArn = product(format === 'asff' ? 'product' : 'productv2');
  return {
    key: `key-${id}`,
    format,
    id,
    productArn,
    accountId: '123456789012',
    region: 'eu-west-1',
  };
}

beforeEach(() => {
  mock.reset();
});

describe('hubFindings', () => {
  it('reads findings twenty at once, and tells those of other products apart', async () => {
    const held = { ProductArn: product('product'), Id: 'f0', Severity: { Label: 'HIGH' as const } };
    mock.on(GetFindingsCommand).resolves({
      Findings: [
        Object.assign(Object.create(null), {
          ...held,
          Workflow: { Status: 'NOTIFIED' },
          Note: { Text: 'n', UpdatedBy: 'ana', UpdatedAt: '' },
          UserDefinedFields: { a: 'b' },
          Types: ['t'],
          Confidence: 1,
          Criticality: 2,
          VerificationState: 'UNKNOWN',
        }),
        Object.assign(Object.create(null), { ...held, ProductArn: 'other' }),
      ],
    });
    const current = await hub.current(Array.from({ length: 21 }, (_, at) => named(`f${at}`)));
    expect([...current]).toEqual([
      [
        'key-f0',
        {
          severity: 'HIGH',
          workflow: 'NOTIFIED',
          note: 'n',
          noteBy: 'ana',
          userDefinedFields: { a: 'b' },
          types: ['t'],
          confidence: 1,
          criticality: 2,
          verificationState: 'UNKNOWN',
        },
      ],
    ]);
    expect(mock.commandCalls(GetFindingsCommand)).toHaveLength(2);
  });

  it('reads OCSF findings in the words of ASFF', async () => {
    const document = ocsfFinding({ comment: 'seen', status: 'In Progress', status_id: 2 });
    mock.on(GetFindingsV2Command).resolves({ Findings: [JSON.parse(JSON.stringify(document))] });
    const id = String(Object(document.finding_info).uid);
    const current = await hub.current([named(id, 'ocsf'), named('gone', 'ocsf')]);
    expect(current.get(`key-${id}`)).toMatchObject({
      severity: 'LOW',
      workflow: 'NOTIFIED',
      note: 'seen',
    });
    expect(current.size).toBe(1);
  });

  it('writes all that ASFF takes, and says what was refused for now and for good', async () => {
    mock.on(BatchUpdateFindingsCommand).resolves({
      UnprocessedFindings: [
        {
          FindingIdentifier: { Id: 'a', ProductArn: product('product') },
          ErrorCode: 'ConcurrentUpdateError',
          ErrorMessage: '',
        },
        {
          FindingIdentifier: { Id: 'b', ProductArn: product('product') },
          ErrorCode: 'FindingNotFound',
          ErrorMessage: '',
        },
      ],
    });
    const refused = await hub.update([named('a'), named('b'), named('c')], {
      severity: 'HIGH',
      workflow: 'NOTIFIED',
      note: 'n',
      userDefinedFields: { a: 'b' },
      confidence: 1,
      criticality: 2,
      verificationState: 'UNKNOWN',
      types: ['t'],
      relatedFindings: [{ ProductArn: 'p', Id: 'i' }],
    });
    expect([...refused].map(([key, { retryable }]) => [key, retryable])).toEqual([
      ['key-a', true],
      ['key-b', false],
    ]);
    expect(mock.commandCalls(BatchUpdateFindingsCommand)[0]?.args[0].input).toMatchObject({
      Severity: { Label: 'HIGH' },
      Workflow: { Status: 'NOTIFIED' },
      Note: { Text: 'n', UpdatedBy: 'riposte' },
      UserDefinedFields: { a: 'b' },
      RelatedFindings: [{ ProductArn: 'p', Id: 'i' }],
    });
  });

  it('writes what OCSF takes, and makes no call for what it does not', async () => {
    mock
      .on(BatchUpdateFindingsV2Command)
      .resolves({ ProcessedFindings: [], UnprocessedFindings: [] });
    const findings = [named('a', 'ocsf')];
    expect(await hub.update(findings, { confidence: 3 })).toEqual(new Map());
    expect(mock.commandCalls(BatchUpdateFindingsV2Command)).toHaveLength(0);
    await hub.update(findings, { severity: 'CRITICAL', workflow: 'SUPPRESSED', note: 'n' });
    expect(mock.commandCalls(BatchUpdateFindingsV2Command)[0]?.args[0].input).toMatchObject({
      FindingIdentifiers: [
        {
          CloudAccountUid: '123456789012',
          FindingInfoUid: 'a',
          MetadataProductUid: product('productv2'),
        },
      ],
      SeverityId: 5,
      StatusId: 3,
      Comment: 'n',
    });
  });
});
