import {
  type AwsSecurityFindingFilters,
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  DisableSecurityHubCommand,
  GetFindingsCommand,
  paginateGetFindings,
} from '@aws-sdk/client-securityhub';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureOf, findingOf, type HubFixture, startFixture } from './hub-fixture.ts';

let fixture: HubFixture;
beforeAll(async () => {
  fixture = await startFixture();
  const Findings = [
    findingOf({
      Id: 'a',
      UpdatedAt: '2026-05-01T08:00:00Z',
      Compliance: { Status: 'FAILED', SecurityControlId: 'CloudTrail.1' },
      Confidence: 90,
      Network: { SourceIpV4: '198.51.100.7' },
      Sample: true,
    }),
    findingOf({
      Id: 'b',
      UpdatedAt: '2026-04-20T08:00:00Z',
      Severity: { Label: 'LOW' },
      RecordState: 'ARCHIVED',
      Types: ['TTPs/Persistence', 'Effects/Data Exposure'],
      GeneratorId: 'prefix/one',
      Confidence: 10,
      Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::logs', Tags: { Owner: 'platform' } }],
    }),
    findingOf({ Id: 'c', UpdatedAt: '2026-03-01T08:00:00Z', Severity: { Label: 'CRITICAL' } }),
  ];
  const client = fixture.client();
  await client.send(new BatchImportFindingsCommand({ Findings }));
  await client.send(
    new BatchUpdateFindingsCommand({
      FindingIdentifiers: [{ Id: 'c', ProductArn: findingOf().ProductArn ?? '' }],
      Workflow: { Status: 'NOTIFIED' },
      Note: { Text: 'seen by Riposte', UpdatedBy: 'riposte' },
      UserDefinedFields: { riposteIncident: 'inc-7' },
    }),
  );
});
afterAll(() => fixture.stop());

const idsOf = async (Filters: AwsSecurityFindingFilters) => {
  const answer = await fixture.client().send(new GetFindingsCommand({ Filters }));
  return answer.Findings?.map(({ Id }) => Id);
};

describe('GetFindings', () => {
  it.each<[string, AwsSecurityFindingFilters, string[]]>([
    ['id', { Id: [{ Value: 'b', Comparison: 'EQUALS' }] }, ['b']],
    [
      'one id or the other',
      {
        Id: [
          { Value: 'a', Comparison: 'EQUALS' },
          { Value: 'c', Comparison: 'EQUALS' },
        ],
      },
      ['a', 'c'],
    ],
    ['not that id', { Id: [{ Value: 'a', Comparison: 'NOT_EQUALS' }] }, ['b', 'c']],
    [
      'account',
      { AwsAccountId: [{ Value: '111122223333', Comparison: 'EQUALS' }] },
      ['a', 'b', 'c'],
    ],
    ['Region', { Region: [{ Value: 'us-east-1', Comparison: 'EQUALS' }] }, []],
    ['product', { ProductArn: [{ Value: '/default', Comparison: 'CONTAINS' }] }, ['a', 'b', 'c']],
    ['generator', { GeneratorId: [{ Value: 'prefix/', Comparison: 'PREFIX' }] }, ['b']],
    [
      'another generator',
      { GeneratorId: [{ Value: 'prefix/', Comparison: 'PREFIX_NOT_EQUALS' }] },
      ['a', 'c'],
    ],
    ['severity', { SeverityLabel: [{ Value: 'CRITICAL', Comparison: 'EQUALS' }] }, ['c']],
    ['severity score', { SeverityNormalized: [{ Gte: 1, Lte: 70 }] }, ['a', 'b']],
    ['confidence', { Confidence: [{ Eq: 10 }] }, ['b']],
    ['workflow', { WorkflowStatus: [{ Value: 'NEW', Comparison: 'EQUALS' }] }, ['a', 'b']],
    ['record state', { RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }] }, ['a', 'c']],
    ['any type', { Type: [{ Value: 'Effects/', Comparison: 'PREFIX' }] }, ['b']],
    ['no such type', { Type: [{ Value: 'Effects', Comparison: 'NOT_CONTAINS' }] }, ['a', 'c']],
    ['resource', { ResourceId: [{ Value: 'arn:aws:s3:::logs', Comparison: 'EQUALS' }] }, ['b']],
    ['tag', { ResourceTags: [{ Key: 'Owner', Value: 'platform', Comparison: 'EQUALS' }] }, ['b']],
    [
      'not that tag',
      { ResourceTags: [{ Key: 'Owner', Value: 'platform', Comparison: 'NOT_EQUALS' }] },
      ['a', 'c'],
    ],
    [
      'user-defined field',
      { UserDefinedFields: [{ Key: 'riposteIncident', Value: 'inc-', Comparison: 'CONTAINS' }] },
      ['c'],
    ],
    ['note', { NoteText: [{ Value: 'Riposte', Comparison: 'CONTAINS_WORD' }] }, ['c']],
    [
      'control',
      { ComplianceSecurityControlId: [{ Value: 'CloudTrail.1', Comparison: 'EQUALS' }] },
      ['a'],
    ],
    [
      'time between',
      { UpdatedAt: [{ Start: '2026-04-01T00:00:00Z', End: '2026-04-30T00:00:00Z' }] },
      ['b'],
    ],
    ['time within days', { UpdatedAt: [{ DateRange: { Value: 3, Unit: 'DAYS' } }] }, ['a']],
    [
      'time older than days',
      { UpdatedAt: [{ DateRange: { Value: 30, Unit: 'DAYS', Comparison: 'OLDER_THAN' } }] },
      ['c'],
    ],
    ['address', { NetworkSourceIpV4: [{ Cidr: '198.51.100.0/24' }] }, ['a']],
    ['sample', { Sample: [{ Value: true }] }, ['a']],
    ['keyword', { Keyword: [{ Value: 'SEEN BY' }] }, ['c']],
    [
      'all of several fields',
      {
        SeverityLabel: [{ Value: 'LOW', Comparison: 'EQUALS' }],
        RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }],
      },
      [],
    ],
    ['an empty filter', { Id: [] }, ['a', 'b', 'c']],
  ])('finds by %s', async (_what, filters, expected) => {
    expect(await idsOf(filters)).toEqual(expected);
  });

  it.each([
    ['desc' as const, 'SeverityNormalized', ['c', 'a', 'b']],
    ['asc' as const, 'UpdatedAt', ['c', 'b', 'a']],
    ['asc' as const, 'ComplianceStatus', ['a', 'b', 'c']],
  ])('sorts %s by %s', async (SortOrder, Field, expected) => {
    const SortCriteria = [{ Field, SortOrder }];
    const { Findings } = await fixture.client().send(new GetFindingsCommand({ SortCriteria }));
    expect(Findings?.map(({ Id }) => Id)).toEqual(expected);
  });

  it('pages through more than fit on one page, with the SDK’s own paginator', async () => {
    const client = fixture.client({ region: 'eu-north-1' });
    const where = { accountId: '111122223333', region: 'eu-north-1' };
    const Findings = Array.from({ length: 25 }, (_, index) =>
      findingOf({ Id: `f${index}` }, where),
    );
    await client.send(new BatchImportFindingsCommand({ Findings }));
    const seen: (string | undefined)[] = [];
    const sizes: number[] = [];
    for await (const page of paginateGetFindings({ client }, {})) {
      seen.push(...(page.Findings ?? []).map(({ Id }) => Id));
      sizes.push(page.Findings?.length ?? 0);
    }
    expect(sizes).toEqual([10, 10, 5]);
    expect(new Set(seen).size).toBe(25);
    const one = await client.send(new GetFindingsCommand({ MaxResults: 100 }));
    expect(one.Findings).toHaveLength(25);
    expect(one.NextToken).toBeUndefined();
  });

  it.each([
    ['101 results', { MaxResults: 101 }, "Invalid parameter 'MaxResults'. data should be <= 100."],
    ['no results', { MaxResults: 0 }, "Invalid parameter 'MaxResults'. data should be >= 1."],
    [
      'a strange token',
      { NextToken: 'abc' },
      "Invalid parameter 'NextToken'. The token is not valid for this request.",
    ],
    [
      'a sort by nothing',
      { SortCriteria: [{}] },
      "Invalid parameter 'SortCriteria'. data should have required property 'Field'.",
    ],
    [
      '21 values',
      {
        Filters: {
          Id: Array.from({ length: 21 }, () => ({ Value: 'x', Comparison: 'EQUALS' as const })),
        },
      },
      "Invalid parameter 'Filters.Id'. data should NOT have more than 20 items.",
    ],
    [
      'comparisons that do not mix',
      {
        Filters: {
          Title: [
            { Value: 'x', Comparison: 'CONTAINS' as const },
            { Value: 'y', Comparison: 'NOT_CONTAINS' as const },
          ],
        },
      },
      "Invalid parameter 'Filters.Title'. Comparisons cannot be combined on one field.",
    ],
    [
      'a field that the stand-in does not know',
      { Filters: { ProcessLaunchedAt: [{ Start: '2026-01-01T00:00:00Z' }] } },
      "Invalid parameter 'Filters.ProcessLaunchedAt'. data should NOT have additional properties.",
    ],
  ])('refuses %s', async (_what, input, message) => {
    expect(await failureOf(fixture.client().send(new GetFindingsCommand(input)))).toEqual({
      name: 'InvalidInputException',
      message,
      status: 400,
    });
  });

  it('refuses the token of another question', async () => {
    const client = fixture.client();
    const { NextToken } = await client.send(new GetFindingsCommand({ MaxResults: 1 }));
    const Filters = { Id: [{ Value: 'a', Comparison: 'EQUALS' as const }] };
    const other = client.send(new GetFindingsCommand({ Filters, NextToken }));
    expect(await failureOf(other)).toMatchObject({ name: 'InvalidInputException' });
  });

  it('refuses to answer where Security Hub is off', async () => {
    const client = fixture.client({ region: 'ap-south-1' });
    await client.send(new DisableSecurityHubCommand({}));
    expect(await failureOf(client.send(new GetFindingsCommand({})))).toEqual({
      name: 'InvalidAccessException',
      message: 'Account 111122223333 is not subscribed to AWS Security Hub',
      status: 401,
    });
  });
});
