import {
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  type BatchUpdateFindingsCommandInput,
  GetFindingsCommand,
} from '@aws-sdk/client-securityhub';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf, findingOf, type HubFixture, startFixture } from './hub-fixture.ts';

const { Id = '', ProductArn = '' } = findingOf();
const FindingIdentifiers = [{ Id, ProductArn }];

let fixture: HubFixture;
beforeEach(async () => {
  fixture = await startFixture();
  const Findings = [findingOf()];
  await fixture.client().send(new BatchImportFindingsCommand({ Findings }));
  await fixture.events();
});
afterEach(() => fixture.stop());

const update = (input: Partial<BatchUpdateFindingsCommandInput>) =>
  fixture.client().send(new BatchUpdateFindingsCommand({ FindingIdentifiers, ...input }));

describe('BatchUpdateFindings', () => {
  it('sets note, status, severity and fields, leaves UpdatedAt, and sends an event', async () => {
    const answer = await update({
      Note: { Text: 'Riposte restarted the trail', UpdatedBy: 'riposte' },
      Severity: { Normalized: 95, Product: 9 },
      Workflow: { Status: 'RESOLVED' },
      UserDefinedFields: { riposteIncident: 'inc-1' },
      Confidence: 80,
      Types: ['TTPs/Defense Evasion'],
    });
    expect(answer).toMatchObject({
      ProcessedFindings: FindingIdentifiers,
      UnprocessedFindings: [],
    });
    const { Findings = [] } = await fixture.client().send(new GetFindingsCommand({}));
    expect(Findings[0]).toMatchObject({
      Note: { Text: 'Riposte restarted the trail', UpdatedAt: '2026-05-01T12:00:00.000Z' },
      Severity: { Label: 'CRITICAL', Normalized: 95, Product: 9 },
      Workflow: { Status: 'RESOLVED' },
      UserDefinedFields: { riposteIncident: 'inc-1' },
      FindingProviderFields: { Severity: { Label: 'HIGH' } },
      UpdatedAt: '2026-04-30T10:00:00.000Z',
    });
    expect(await fixture.events()).toMatchObject([
      { event: { detail: { findings: [{ Workflow: { Status: 'RESOLVED' } }] } } },
    ]);
  });

  it('returns findings that are not there, or named twice', async () => {
    const answer = await update({
      FindingIdentifiers: [
        ...FindingIdentifiers,
        { Id: 'gone', ProductArn },
        ...FindingIdentifiers,
      ],
      Workflow: { Status: 'NOTIFIED' },
    });
    expect(answer.ProcessedFindings).toEqual(FindingIdentifiers);
    expect(answer.UnprocessedFindings).toEqual([
      {
        FindingIdentifier: { Id: 'gone', ProductArn },
        ErrorCode: 'FindingNotFound',
        ErrorMessage: 'Finding Not Found',
      },
      {
        FindingIdentifier: { Id, ProductArn },
        ErrorCode: 'DuplicatedFindingIdentifier',
        ErrorMessage: 'Finding Identifier is duplicated',
      },
    ]);
  });

  it('returns a finding that would grow over 240 KB', async () => {
    const Vulnerabilities = Array.from({ length: 245 }, (_, index) => ({
      Id: `CVE-${index}`,
      ReferenceUrls: ['x'.repeat(960)],
    }));
    const big = findingOf({ Id: 'big', Vulnerabilities });
    await fixture.client().send(new BatchImportFindingsCommand({ Findings: [big] }));
    const UserDefinedFields = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`field${index}`, 'x'.repeat(1000)]),
    );
    await expect(
      update({ FindingIdentifiers: [{ Id: 'big', ProductArn }], UserDefinedFields }),
    ).resolves.toMatchObject({ UnprocessedFindings: [{ ErrorCode: 'FindingSizeExceeded' }] });
  });

  it('does not find the findings of another account or Region', async () => {
    for (const where of [{ accountId: '999999999999' }, { region: 'us-east-1' }]) {
      const command = new BatchUpdateFindingsCommand({ FindingIdentifiers, Confidence: 1 });
      await expect(fixture.client(where).send(command)).resolves.toMatchObject({
        UnprocessedFindings: [{ ErrorCode: 'FindingNotFound' }],
      });
    }
  });

  it.each<[string, Partial<BatchUpdateFindingsCommandInput>, string]>([
    [
      'a note of 513 characters',
      { Note: { Text: 'x'.repeat(513), UpdatedBy: 'me' } },
      "Invalid parameter 'Note'. data.Note.Text should NOT be longer than 512 characters.",
    ],
    [
      'a note by nobody',
      { Note: { Text: 'x', UpdatedBy: undefined } },
      "Invalid parameter 'Note'. data.Note should have required property 'UpdatedBy'.",
    ],
    [
      'a confidence of 1000',
      { Confidence: 1000 },
      "Invalid parameter 'Confidence'. data.Confidence should be <= 100.",
    ],
    [
      'nothing to update',
      {},
      "Invalid parameter 'Request'. At least one field to update is required.",
    ],
    [
      'no finding',
      { FindingIdentifiers: [] },
      "Invalid parameter 'FindingIdentifiers'. data should NOT have fewer than 1 items.",
    ],
    [
      '101 findings',
      { FindingIdentifiers: Array.from({ length: 101 }, () => ({ Id, ProductArn })) },
      "Invalid parameter 'FindingIdentifiers'. data should NOT have more than 100 items.",
    ],
    [
      'a finding without product',
      { FindingIdentifiers: [{ Id, ProductArn: undefined }] },
      "Invalid parameter 'FindingIdentifiers'. data should have required property 'ProductArn'.",
    ],
    [
      'a finding without id',
      { FindingIdentifiers: [{ Id: undefined, ProductArn }] },
      "Invalid parameter 'FindingIdentifiers'. data should have required property 'Id'.",
    ],
  ])('refuses %s', async (_what, input, message) => {
    expect(await failureOf(update(input))).toEqual({
      name: 'InvalidInputException',
      message,
      status: 400,
    });
    expect(await fixture.events()).toEqual([]);
  });
});
