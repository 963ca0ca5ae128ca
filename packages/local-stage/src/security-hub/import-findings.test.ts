import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  DisableSecurityHubCommand,
  GetFindingsCommand,
} from '@aws-sdk/client-securityhub';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf, findingOf, type HubFixture, home, startFixture } from './hub-fixture.ts';

let fixture: HubFixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.stop());

const send = (...Findings: AwsSecurityFinding[]) =>
  fixture.client().send(new BatchImportFindingsCommand({ Findings }));

const stored = async (Id = 'finding-1') => {
  const Filters = { Id: [{ Value: Id, Comparison: 'EQUALS' as const }] };
  const { Findings = [] } = await fixture.client().send(new GetFindingsCommand({ Filters }));
  return Findings[0];
};

describe('a new finding', () => {
  it('is stored with what the service fills in', async () => {
    await expect(send(findingOf())).resolves.toMatchObject({ SuccessCount: 1, FailedCount: 0 });
    expect(await stored()).toMatchObject({
      Region: 'eu-west-1',
      ProductName: 'Default',
      CompanyName: 'Personal',
      Severity: { Label: 'HIGH', Normalized: 70 },
      FindingProviderFields: {
        Severity: { Label: 'HIGH' },
        Types: ['Unusual Behaviors/Process'],
      },
      Workflow: { Status: 'NEW' },
      WorkflowState: 'NEW',
      RecordState: 'ACTIVE',
      ProcessedAt: '2026-05-01T12:00:00.000Z',
      ProductFields: {
        'aws/securityhub/FindingId':
          'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default/finding-1',
      },
      Resources: [{ Partition: 'aws', Region: 'eu-west-1', Tags: { Owner: 'payments' } }],
    });
  });

  it('has one event on the default bus, in the envelope of AWS', async () => {
    await send(findingOf(), findingOf({ Id: 'finding-2' }));
    const events = await fixture.events();
    expect(events.map(({ bus }) => bus)).toEqual([
      '111122223333/eu-west-1',
      '111122223333/eu-west-1',
    ]);
    expect(events[0]?.event).toEqual({
      version: '0',
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      'detail-type': 'Security Hub Findings - Imported',
      source: 'aws.securityhub',
      account: '111122223333',
      region: 'eu-west-1',
      time: '2026-05-01T12:00:00Z',
      resources: [
        'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default/finding-1',
      ],
      detail: { findings: [expect.objectContaining({ Id: 'finding-1', RecordState: 'ACTIVE' })] },
    });
    expect(events[1]?.event.detail).toMatchObject({ findings: [{ Id: 'finding-2' }] });
  });

  it('takes its severity from its provider, and the label from a score alone', async () => {
    const { Severity: _none, ...rest } = findingOf();
    await send({
      ...rest,
      FindingProviderFields: { Severity: { Label: 'CRITICAL', Original: '9.8' } },
    });
    await send(findingOf({ Id: 'scored', Severity: { Normalized: 45 } }));
    expect(await stored()).toMatchObject({
      Severity: { Label: 'CRITICAL', Normalized: 90, Original: '9.8' },
    });
    expect(await stored('scored')).toMatchObject({ Severity: { Label: 'MEDIUM', Normalized: 45 } });
  });

  it('keeps the name that a custom integration gives itself', async () => {
    await send(findingOf({ ProductName: 'Riposte', CompanyName: 'Example' }));
    expect(await stored()).toMatchObject({
      ProductName: 'Riposte',
      ProductFields: { 'aws/securityhub/CompanyName': 'Example' },
    });
  });
});

describe('a finding that is sent again', () => {
  const later = { UpdatedAt: '2026-04-30T11:00:00.000Z' };

  it('is updated when its UpdatedAt is later, with an event', async () => {
    await send(findingOf());
    await send(findingOf({ ...later, Title: 'Another title' }));
    expect(await stored()).toMatchObject({ Title: 'Another title', ...later });
    expect(await fixture.events()).toHaveLength(2);
  });

  it.each(['2026-04-30T10:00:00.000Z', '2026-04-30T09:59:59.000Z'])(
    'is ignored when its UpdatedAt is %s, and still counts as a success',
    async (UpdatedAt) => {
      await send(findingOf());
      await expect(send(findingOf({ UpdatedAt, Title: 'Late' }))).resolves.toMatchObject({
        SuccessCount: 1,
        FailedCount: 0,
      });
      expect(await stored()).toMatchObject({ Title: 'A file changed' });
      expect(await fixture.events()).toHaveLength(1);
    },
  );

  it('keeps what customers have set, and overruled', async () => {
    await send(findingOf());
    const { Id = '', ProductArn = '' } = findingOf();
    await fixture.client().send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: [{ Id, ProductArn }],
        Note: { Text: 'mine', UpdatedBy: 'analyst' },
        UserDefinedFields: { ticket: 'SEC-1' },
        VerificationState: 'TRUE_POSITIVE',
        Workflow: { Status: 'NOTIFIED' },
        Severity: { Label: 'LOW' },
      }),
    );
    await send(
      findingOf({
        ...later,
        Note: { Text: 'theirs', UpdatedBy: 'provider', UpdatedAt: later.UpdatedAt },
        UserDefinedFields: { ticket: 'none' },
        VerificationState: 'FALSE_POSITIVE',
        Workflow: { Status: 'RESOLVED' },
        Severity: { Label: 'CRITICAL' },
        Types: ['TTPs/Persistence'],
      }),
    );
    expect(await stored()).toMatchObject({
      Note: { Text: 'mine', UpdatedBy: 'analyst', UpdatedAt: '2026-05-01T12:00:00.000Z' },
      UserDefinedFields: { ticket: 'SEC-1' },
      VerificationState: 'TRUE_POSITIVE',
      Workflow: { Status: 'NOTIFIED' },
      Severity: { Label: 'LOW', Normalized: 1 },
      Types: ['TTPs/Persistence'],
      FindingProviderFields: { Severity: { Label: 'CRITICAL' }, Types: ['TTPs/Persistence'] },
    });
  });

  it.each([
    ['is active again after it was archived', { RecordState: 'ARCHIVED' as const }, {}, 'NEW'],
    [
      'fails a check that it had passed',
      { Compliance: { Status: 'PASSED' as const } },
      { Compliance: { Status: 'FAILED' as const } },
      'NEW',
    ],
    ['comes back unchanged', {}, {}, 'RESOLVED'],
  ])('has the right workflow status when it %s', async (_how, before, after, expected) => {
    await send(findingOf({ ...before, Workflow: { Status: 'RESOLVED' } }));
    await send(findingOf({ ...later, ...after }));
    expect((await stored())?.Workflow?.Status).toBe(expected);
  });
});

describe('a finding that does not fit', () => {
  it.each<[string, Partial<AwsSecurityFinding>, string]>([
    [
      'a long title',
      { Title: 'x'.repeat(257) },
      'data.Title should NOT be longer than 256 characters',
    ],
    ['no resource', { Resources: [] }, 'data.Resources should NOT have fewer than 1 items'],
    [
      '33 resources',
      { Resources: Array.from({ length: 33 }, () => ({ Type: 'Other', Id: 'x' })) },
      'data.Resources should NOT have more than 32 items',
    ],
    [
      'a type of four parts',
      { Types: ['a/b/c/d'] },
      'data.Types[0] should match pattern "^([^/]+)(/[^/]+){0,2}$"',
    ],
    [
      'a time without zone',
      { UpdatedAt: '2026-04-30 10:00' },
      'data.UpdatedAt should match format "date-time"',
    ],
    [
      'another schema',
      { SchemaVersion: '2020-01-01' },
      'data.SchemaVersion should be equal to one of the allowed values',
    ],
    ['a confidence of 101', { Confidence: 101 }, 'data.Confidence should be <= 100'],
    [
      '51 product fields',
      { ProductFields: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`f${i}`, 'x'])) },
      'data.ProductFields should NOT have more than 50 properties',
    ],
    [
      'an empty description',
      { Description: '' },
      'data.Description should NOT be shorter than 1 characters',
    ],
  ])('is refused for %s, and the others of its batch are not', async (_what, change, problem) => {
    const answer = await send(findingOf({ Id: 'bad', ...change }), findingOf());
    expect(answer).toMatchObject({
      SuccessCount: 1,
      FailedCount: 1,
      FailedFindings: [
        {
          Id: 'bad',
          ErrorCode: 'InvalidInput',
          ErrorMessage: `Finding does not adhere to Amazon Finding Format. ${problem}.`,
        },
      ],
    });
    expect(await fixture.events()).toHaveLength(1);
  });

  it('is refused without a severity', async () => {
    const { Severity: _none, ...rest } = findingOf();
    const { FailedFindings = [] } = await send(rest);
    expect(FailedFindings[0]?.ErrorMessage).toMatch(
      /required property 'FindingProviderFields', data should match some schema in anyOf\.$/,
    );
  });

  it('is refused over 240 KB', async () => {
    const Vulnerabilities = Array.from({ length: 300 }, (_, index) => ({
      Id: `CVE-${index}`,
      ReferenceUrls: ['x'.repeat(900)],
    }));
    await expect(send(findingOf({ Vulnerabilities }))).resolves.toMatchObject({
      FailedFindings: [
        { ErrorCode: 'InvalidInput', ErrorMessage: 'Finding size exceeded 240 KB.' },
      ],
    });
  });

  it('is refused where it is no finding at all', async () => {
    const outcome = await fixture.hub.importAsff(['text', {}], home);
    expect(outcome.FailedFindings).toEqual([
      expect.objectContaining({ Id: 'unknown', ErrorCode: 'InvalidInput' }),
      expect.objectContaining({ Id: 'unknown', ErrorMessage: expect.stringContaining("'Id'") }),
    ]);
  });

  it('is returned as failed where Security Hub is off', async () => {
    await fixture.client().send(new DisableSecurityHubCommand({}));
    await expect(send(findingOf())).resolves.toMatchObject({
      FailedFindings: [{ ErrorCode: 'InvalidAccess' }],
    });
  });
});

describe('a batch', () => {
  it.each([
    ['none', 0, 'data should NOT have fewer than 1 items.'],
    ['101', 101, 'data should NOT have more than 100 items.'],
  ])('of %s is refused', async (_name, length, problem) => {
    const batch = Array.from({ length }, (_, index) => findingOf({ Id: `f${index}` }));
    expect(await failureOf(send(...batch))).toEqual({
      name: 'InvalidInputException',
      message: `Invalid parameter 'Findings'. ${problem}`,
      status: 400,
    });
  });

  it('over 6 MB is refused', async () => {
    const Description = 'x'.repeat(70_000);
    const batch = Array.from({ length: 100 }, () => findingOf({ Description }));
    expect(await failureOf(send(...batch))).toMatchObject({
      message: "Invalid parameter 'Findings'. Batch size exceeded 6 MB.",
    });
  });

  it.each([
    ['of another account', { AwsAccountId: '999999999999' }],
    [
      'of the product of another account',
      { ProductArn: 'arn:aws:securityhub:eu-west-1:999999999999:product/999999999999/default' },
    ],
    [
      'of another Region',
      { ProductArn: 'arn:aws:securityhub:us-east-1:111122223333:product/111122223333/default' },
    ],
    ['of a product of AWS', { ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty' }],
  ])('with a finding %s is denied as a whole', async (_what, change) => {
    const failure = await failureOf(send(findingOf(), findingOf({ Id: 'foreign', ...change })));
    expect(failure).toMatchObject({ name: 'AccessDeniedException', status: 403 });
    expect(failure.message).toContain('not authorized to perform: securityhub:BatchImportFindings');
    expect(await stored()).toBeUndefined();
  });
});

it('takes findings of products of AWS from the integration, not from a caller', async () => {
  const ProductArn = 'arn:aws:securityhub:eu-west-1::product/aws/guardduty';
  const partner = 'arn:aws:securityhub:eu-west-1::product/example/scanner';
  const outcome = await fixture.hub.importAsff(
    [findingOf({ ProductArn }), findingOf({ Id: 'p', ProductArn: partner })],
    home,
  );
  expect(outcome).toEqual({ SuccessCount: 2, FailedCount: 0, FailedFindings: [] });
  expect(await stored()).toMatchObject({ ProductName: 'GuardDuty', CompanyName: 'AWS' });
  expect(await stored('p')).toMatchObject({ ProductName: 'scanner', CompanyName: 'example' });
});
