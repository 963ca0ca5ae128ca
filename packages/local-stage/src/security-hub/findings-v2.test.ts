import {
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  BatchUpdateFindingsV2Command,
  type BatchUpdateFindingsV2CommandInput,
  GetFindingsCommand,
  GetFindingsV2Command,
  type OcsfFindingFilters,
  paginateGetFindingsV2,
} from '@aws-sdk/client-securityhub';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf, findingOf, type HubFixture, home, startFixture } from './hub-fixture.ts';
import { ocsfFromAsff } from './ocsf-from-asff.ts';
import type { JsonObject } from './types.ts';

let fixture: HubFixture;
beforeEach(async () => {
  fixture = await startFixture({ v2: true });
});
afterEach(() => fixture.stop());

const ocsfOf = (uid: string, change: JsonObject = {}): JsonObject => ({
  ...{ class_uid: 2004, class_name: 'Detection Finding', activity_id: 1, activity_name: 'Create' },
  ...{ severity_id: 4, severity: 'High', status_id: 1, status: 'New', type_uid: 200401 },
  cloud: { account: { uid: home.accountId }, region: home.region },
  finding_info: {
    ...{ uid: `id-${uid}`, title: `Finding ${uid}` },
    modified_time_dt: '2026-04-30T10:00:00.000Z',
  },
  metadata: { uid, product: { uid: 'arn:aws:securityhub:eu-west-1::productv2/aws/guardduty' } },
  vendor_attributes: { severity: 'High', severity_id: 4 },
  ...change,
});

const put = (...findings: JsonObject[]) =>
  Promise.all(findings.map((finding) => fixture.hub.importOcsf(finding, home)));

const find = async (Filters?: OcsfFindingFilters): Promise<readonly JsonObject[]> => {
  const command = new GetFindingsV2Command(Filters ? { Filters } : {});
  const { Findings = [] } = await fixture.client().send(command);
  return Findings.map((finding) => Object(finding));
};

describe('an import in ASFF', () => {
  it('is a finding in OCSF too where V2 is on, with events of both', async () => {
    const Findings = [findingOf()];
    await fixture.client().send(new BatchImportFindingsCommand({ Findings }));
    const [stored] = await find();
    expect(stored).toMatchObject({
      class_uid: 2004,
      type_uid: 200401,
      severity: 'High',
      status: 'New',
      finding_info: { uid: 'finding-1', types: ['Unusual Behaviors/Process'] },
      metadata: {
        product: {
          uid: 'arn:aws:securityhub:eu-west-1:111122223333:productv2/111122223333/default',
        },
      },
      resources: [
        {
          type: 'AWS::EC2::Instance',
          uid: 'i-0abc',
          uid_alt: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc',
          tags: [{ name: 'Owner', value: 'payments' }],
        },
      ],
    });
    const events = await fixture.events();
    expect(events.map(({ event }) => event['detail-type'])).toEqual([
      'Security Hub Findings - Imported',
      'Findings Imported V2',
    ]);
    const { metadata } = Object(stored);
    expect(events[1]?.event).toMatchObject({
      source: 'aws.securityhub',
      resources: [Object(metadata).uid],
      detail: { findings: [stored] },
    });
  });

  it('keeps V1 and V2 apart once a customer updates one of them', async () => {
    const Findings = [findingOf()];
    const client = fixture.client();
    await client.send(new BatchImportFindingsCommand({ Findings }));
    await fixture.events();
    const { Id = '', ProductArn = '' } = findingOf();
    await client.send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: [{ Id, ProductArn }],
        Workflow: { Status: 'SUPPRESSED' },
      }),
    );
    expect(await find()).toMatchObject([{ status: 'New' }]);
    expect(await fixture.events()).toHaveLength(1);
  });

  it('is an update the second time, and an archived one closes', async () => {
    const client = fixture.client();
    for (const change of [
      {},
      { UpdatedAt: '2026-05-01T10:00:00Z' },
      { UpdatedAt: '2026-05-01T11:00:00Z', RecordState: 'ARCHIVED' as const },
    ]) {
      const Findings = [findingOf(change)];
      await client.send(new BatchImportFindingsCommand({ Findings }));
    }
    const types = (await fixture.events())
      .filter(({ event }) => event['detail-type'] === 'Findings Imported V2')
      .map(({ event }) => Object(event.detail.findings)[0].type_name);
    expect(types).toEqual([
      'Detection Finding: Create',
      'Detection Finding: Update',
      'Detection Finding: Close',
    ]);
  });
});

describe('an import in OCSF', () => {
  it('is stored as it is, with an event, and is no finding of V1', async () => {
    await put(ocsfOf('one', { unmapped: { kept: true } }));
    expect(await find()).toEqual([ocsfOf('one', { unmapped: { kept: true } })]);
    expect(await fixture.events()).toMatchObject([
      { bus: '111122223333/eu-west-1', event: { resources: ['one'] } },
    ]);
    await expect(fixture.client().send(new GetFindingsCommand({}))).resolves.toMatchObject({
      Findings: [],
    });
  });

  it('that is not newer is ignored; a newer one keeps what customers have set', async () => {
    await put(ocsfOf('one'));
    await fixture
      .client()
      .send(
        new BatchUpdateFindingsV2Command({ MetadataUids: ['one'], StatusId: 3, Comment: 'known' }),
      );
    await put(ocsfOf('one', { severity_id: 5 }));
    expect(await find()).toMatchObject([{ severity_id: 4, activity_id: 1 }]);
    const finding_info = { uid: 'id-one', title: 'x', modified_time: Date.parse('2026-05-01') };
    await put(ocsfOf('one', { finding_info, severity_id: 5, severity: 'Critical' }));
    expect(await find()).toMatchObject([
      { severity: 'Critical', status: 'Suppressed', comment: 'known', activity_name: 'Update' },
    ]);
  });

  it('may tell its time in other ways', async () => {
    const finding_info = { uid: 'id-one', title: 'x' };
    await put(ocsfOf('one', { finding_info }));
    await put(ocsfOf('one', { finding_info, time: 5, status: 'Second' }));
    await put(ocsfOf('one', { finding_info, time_dt: '2026-01-01T00:00:00Z', status: 'Third' }));
    await put(ocsfOf('one', { finding_info, time: 6, status: 'Late' }));
    expect(await find()).toMatchObject([{ status: 'Third' }]);
  });

  it('without what every finding has is refused', async () => {
    await expect(put(ocsfOf('one', { metadata: {} }))).rejects.toThrow(
      "data.metadata should have required property 'uid'",
    );
    await expect(fixture.hub.importOcsf(7, home)).rejects.toThrow('data should be object');
  });

  it('is refused where V2 is off', async () => {
    const other = await startFixture();
    await expect(other.hub.importOcsf(ocsfOf('one'), home)).rejects.toThrow('not enabled');
    await other.stop();
  });
});

describe('GetFindingsV2', () => {
  beforeEach(async () => {
    await put(
      ocsfOf('a', { resources: [{ tags: [{ name: 'Owner', value: 'payments' }] }] }),
      ocsfOf('b', {
        ...{ severity_id: 2, severity: 'Low', confidence_score: 30 },
        vulnerabilities: [{ is_fix_available: true, cve: { cvss: [{ base_score: 6.5 }] } }],
      }),
      ocsfOf('c', {
        finding_info: {
          ...{ uid: 'id-c', title: 'Trail stopped', types: ['Stealth:IAMUser/X', 'Threats'] },
          created_time_dt: '2026-04-30T00:00:00Z',
        },
        evidences: [{ src_endpoint: { ip: '203.0.113.9' } }],
      }),
    );
  });

  const text = (
    FieldName: 'finding_info.title' | 'finding_info.types' | 'severity',
    Value: string,
  ) => ({
    FieldName,
    Filter: { Value, Comparison: 'EQUALS' as const },
  });

  it.each<[string, OcsfFindingFilters, string[]]>([
    ['nothing', {}, ['a', 'b', 'c']],
    ['text', { CompositeFilters: [{ StringFilters: [text('severity', 'Low')] }] }, ['b']],
    [
      'any element of a list',
      { CompositeFilters: [{ StringFilters: [text('finding_info.types', 'Threats')] }] },
      ['c'],
    ],
    [
      'one filter or the other',
      {
        CompositeFilters: [
          {
            Operator: 'OR',
            StringFilters: [text('severity', 'Low'), text('finding_info.title', 'Trail stopped')],
          },
        ],
      },
      ['b', 'c'],
    ],
    [
      'both filters',
      {
        CompositeFilters: [
          { StringFilters: [text('severity', 'High'), text('finding_info.title', 'Finding a')] },
        ],
      },
      ['a'],
    ],
    [
      'one composite filter or the other',
      {
        CompositeOperator: 'OR',
        CompositeFilters: [
          { StringFilters: [text('severity', 'Low')] },
          { StringFilters: [text('finding_info.title', 'Finding a')] },
        ],
      },
      ['a', 'b'],
    ],
    [
      'nested composite filters',
      {
        CompositeFilters: [
          {
            StringFilters: [text('severity', 'High')],
            NestedCompositeFilters: [{ StringFilters: [text('finding_info.title', 'Finding a')] }],
          },
        ],
      },
      ['a'],
    ],
    [
      'number',
      { CompositeFilters: [{ NumberFilters: [{ FieldName: 'severity_id', Filter: { Lt: 4 } }] }] },
      ['b'],
    ],
    [
      'a number two lists deep',
      {
        CompositeFilters: [
          {
            NumberFilters: [
              { FieldName: 'vulnerabilities.cve.cvss.base_score', Filter: { Gt: 6 } },
            ],
          },
        ],
      },
      ['b'],
    ],
    [
      'boolean',
      {
        CompositeFilters: [
          {
            BooleanFilters: [
              { FieldName: 'vulnerabilities.is_fix_available', Filter: { Value: true } },
            ],
          },
        ],
      },
      ['b'],
    ],
    [
      'tag',
      {
        CompositeFilters: [
          {
            MapFilters: [
              {
                FieldName: 'resources.tags',
                Filter: { Key: 'Owner', Value: 'payments', Comparison: 'EQUALS' },
              },
            ],
          },
        ],
      },
      ['a'],
    ],
    [
      'time',
      {
        CompositeFilters: [
          {
            DateFilters: [
              {
                FieldName: 'finding_info.created_time_dt',
                Filter: { DateRange: { Value: 7, Unit: 'DAYS' } },
              },
            ],
          },
        ],
      },
      ['c'],
    ],
    [
      'address',
      {
        CompositeFilters: [
          {
            IpFilters: [
              { FieldName: 'evidences.src_endpoint.ip', Filter: { Cidr: '203.0.113.0/28' } },
            ],
          },
        ],
      },
      ['c'],
    ],
  ])('finds by %s', async (_what, filters, expected) => {
    const found = await find(filters);
    expect(found.map(({ metadata }) => Object(metadata).uid).sort()).toEqual(expected);
  });

  it.each<[string, OcsfFindingFilters, string]>([
    [
      '11 composite filters',
      { CompositeFilters: Array.from({ length: 11 }, () => ({})) },
      'At most 10 composite filters are allowed',
    ],
    [
      '21 filters of a kind',
      {
        CompositeFilters: [
          { StringFilters: Array.from({ length: 21 }, () => text('severity', 'Low')) },
        ],
      },
      'At most 20 StringFilters are allowed',
    ],
    [
      'a field of another kind',
      {
        CompositeFilters: [
          { StringFilters: [{ FieldName: JSON.parse('"severity_id"'), Filter: {} }] },
        ],
      },
      'severity_id is not a valid field of StringFilters',
    ],
    [
      'a filter of nothing',
      { CompositeFilters: [{ StringFilters: [{ FieldName: 'severity' }] }] },
      'StringFilters of severity has no Filter',
    ],
    [
      'filters nested too deep',
      {
        CompositeFilters: [
          { NestedCompositeFilters: [{ NestedCompositeFilters: [{ Operator: 'AND' }] }] },
        ],
      },
      'Composite filters may be nested one level deep',
    ],
    [
      'an unknown operator',
      { CompositeOperator: JSON.parse('"XOR"') },
      'CompositeOperator must be AND or OR',
    ],
    [
      'an unknown operator inside',
      { CompositeFilters: [{ Operator: JSON.parse('"XOR"') }] },
      'Operator must be AND or OR',
    ],
  ])('refuses %s', async (_what, filters, message) => {
    expect(await failureOf(find(filters))).toEqual({
      name: 'ValidationException',
      message,
      status: 400,
    });
  });

  it('sorts and pages, with the SDK’s own paginator', async () => {
    const SortCriteria = [{ Field: 'severity_id', SortOrder: 'asc' as const }];
    const seen: unknown[] = [];
    const client = fixture.client();
    for await (const page of paginateGetFindingsV2({ client, pageSize: 2 }, { SortCriteria }))
      seen.push((page.Findings ?? []).map((finding) => Object(finding).severity_id));
    expect(seen).toEqual([[2, 4], [4]]);
    const strange = client.send(new GetFindingsV2Command({ NextToken: 'x' }));
    expect(await failureOf(strange)).toMatchObject({ name: 'ValidationException' });
  });
});

describe('BatchUpdateFindingsV2', () => {
  const update = (input: BatchUpdateFindingsV2CommandInput) =>
    fixture.client().send(new BatchUpdateFindingsV2Command(input));

  it('sets comment, severity and status by uid, leaves the times, and sends an event', async () => {
    await put(ocsfOf('one'));
    await fixture.events();
    const answer = await update({
      MetadataUids: ['one', 'gone'],
      Comment: 'restarted',
      SeverityId: 1,
      StatusId: 4,
    });
    expect(answer.ProcessedFindings).toEqual([{ MetadataUid: 'one' }]);
    expect(answer.UnprocessedFindings).toEqual([
      {
        MetadataUid: 'gone',
        ErrorCode: 'ResourceNotFoundException',
        ErrorMessage: 'Finding not found',
      },
    ]);
    const expected = ocsfOf('one', {
      ...{ comment: 'restarted', severity_id: 1, severity: 'Informational' },
      ...{ status_id: 4, status: 'Resolved' },
    });
    expect(await find()).toEqual([expected]);
    expect(await fixture.events()).toMatchObject([
      { event: { 'detail-type': 'Findings Imported V2', detail: { findings: [expected] } } },
    ]);
  });

  it('finds by account, id and product', async () => {
    await put(ocsfOf('one'));
    const identifier = {
      CloudAccountUid: home.accountId,
      FindingInfoUid: 'id-one',
      MetadataProductUid: 'arn:aws:securityhub:eu-west-1::productv2/aws/guardduty',
    };
    const other = { ...identifier, FindingInfoUid: 'id-two' };
    const answer = await update({ FindingIdentifiers: [identifier, other], StatusId: 2 });
    expect(answer.ProcessedFindings).toEqual([{ FindingIdentifier: identifier }]);
    expect(answer.UnprocessedFindings).toMatchObject([{ FindingIdentifier: other }]);
    expect(await find()).toMatchObject([{ status: 'In Progress' }]);
  });

  it.each<[string, BatchUpdateFindingsV2CommandInput, string]>([
    [
      'nothing to set',
      { MetadataUids: ['one'] },
      'At least one of Comment, SeverityId and StatusId is required',
    ],
    [
      'no finding',
      { StatusId: 1 },
      'Exactly one of MetadataUids and FindingIdentifiers is required',
    ],
    [
      'findings in both ways',
      {
        StatusId: 1,
        MetadataUids: ['one'],
        FindingIdentifiers: [
          { CloudAccountUid: '1', FindingInfoUid: '2', MetadataProductUid: '3' },
        ],
      },
      'Exactly one of MetadataUids and FindingIdentifiers is required',
    ],
    [
      '101 findings',
      { StatusId: 1, MetadataUids: Array.from({ length: 101 }, (_, i) => `u${i}`) },
      'At most 100 findings can be updated at once',
    ],
    ['a status of 6', { StatusId: 6, MetadataUids: ['one'] }, 'StatusId 6 is not a valid value'],
    [
      'a severity of 7',
      { SeverityId: 7, MetadataUids: ['one'] },
      'SeverityId 7 is not a valid value',
    ],
    [
      'a comment of 513 characters',
      { Comment: 'x'.repeat(513), MetadataUids: ['one'] },
      'data.Comment should NOT be longer than 512 characters',
    ],
  ])('refuses %s', async (_what, input, message) => {
    expect(await failureOf(update(input))).toEqual({
      name: 'ValidationException',
      message,
      status: 400,
    });
  });
});

it('gives the same finding the same uid in every copy', () => {
  const finding = Object(findingOf({ Region: 'eu-west-1' }));
  expect(ocsfFromAsff(finding).metadata).toEqual(ocsfFromAsff({ ...finding }).metadata);
});
