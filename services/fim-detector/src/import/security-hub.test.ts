import {
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { paceOf } from './pace.ts';
import { securityHub } from './security-hub.ts';
import { awsError } from './testing/fake-hub.ts';
import { findingAbout, own, region } from './testing/sample-findings.ts';

const sdk = mockClient(SecurityHubClient);
const place = { account: own, region, partition: 'aws' };
const finding = findingAbout('/etc/a');

beforeEach(() => {
  sdk.reset();
});

/** Security Hub, for a function that is stopped after so many milliseconds. */
function hubWithin(time: number) {
  let now = 0;
  const waits: number[] = [];
  const clock = () => new Date(now);
  const wait = async (milliseconds: number) => {
    now += milliseconds;
    waits.push(milliseconds);
  };
  const pace = paceOf({ perSecond: 10, clock, wait });
  const client = new SecurityHubClient({ region });
  const patience = { pace, wait, timeLeft: () => time - now, random: () => 1 };
  return { hub: securityHub(() => client, patience), waits, now: () => now };
}

describe('securityHub', () => {
  it('says which findings were not taken, and why', async () => {
    sdk.on(BatchImportFindingsCommand).resolves({
      FailedFindings: [{ Id: 'a', ErrorCode: 'InvalidInput', ErrorMessage: 'Title' }],
    });
    expect(await hubWithin(60_000).hub.import(place, [finding])).toEqual([
      { id: 'a', code: 'InvalidInput', reason: 'Title' },
    ]);
  });

  it('says how findings stand that are the account’s own', async () => {
    sdk.on(GetFindingsCommand).resolves({
      Findings: [
        {
          ...finding,
          Id: 'a',
          Workflow: { Status: 'NEW' },
          Note: { Text: 'seen', UpdatedBy: 'ana', UpdatedAt: '2026-11-24T12:00:00Z' },
        },
        { ...finding, Id: 'b' },
      ],
    });
    expect(await hubWithin(60_000).hub.read(place, ['a', 'b', 'c'])).toEqual([
      { id: 'a', workflow: 'NEW', note: 'seen', noteBy: 'ana' },
      { id: 'b' },
    ]);
    expect(sdk.commandCalls(GetFindingsCommand)[0]?.args[0].input.Filters).toEqual({
      Id: ['a', 'b', 'c'].map((Value) => ({ Value, Comparison: 'EQUALS' })),
      ProductArn: [{ Value: finding.ProductArn, Comparison: 'EQUALS' }],
    });
  });

  it('changes findings, and says which were not', async () => {
    sdk.on(BatchUpdateFindingsCommand).resolves({
      UnprocessedFindings: [
        {
          FindingIdentifier: { Id: 'b', ProductArn: finding.ProductArn },
          ErrorCode: 'FindingNotFound',
          ErrorMessage: 'Finding Not Found',
        },
      ],
    });
    const { hub } = hubWithin(60_000);
    expect(
      await hub.update(place, ['a', 'b'], { note: 'Riposte: x', workflow: 'RESOLVED' }),
    ).toEqual([{ id: 'b', code: 'FindingNotFound', reason: 'Finding Not Found' }]);
    expect(sdk.commandCalls(BatchUpdateFindingsCommand)[0]?.args[0].input).toEqual({
      FindingIdentifiers: ['a', 'b'].map((Id) => ({ Id, ProductArn: finding.ProductArn })),
      Note: { Text: 'Riposte: x', UpdatedBy: 'riposte' },
      Workflow: { Status: 'RESOLVED' },
    });
  });

  it.each([
    'TooManyRequestsException',
    'ThrottlingException',
    'LimitExceededException',
    'TimeoutError',
  ])('asks again after a while that doubles while it hears %s', async (name) => {
    sdk
      .on(BatchImportFindingsCommand)
      .rejectsOnce(awsError(name))
      .rejectsOnce(awsError(name))
      .resolves({ FailedFindings: [] });
    const { hub, waits } = hubWithin(60_000);
    await hub.import(place, [finding]);
    expect(waits).toEqual([250, 500]);
  });

  it('gives up in time, with an error that a retry can mend (O4)', async () => {
    sdk.on(BatchImportFindingsCommand).rejects(awsError('ThrottlingException'));
    const { hub, now } = hubWithin(20_000);
    await expect(hub.import(place, [finding])).rejects.toMatchObject({
      name: 'HubUnavailableError',
      retryable: true,
      message: expect.stringContaining('ThrottlingException'),
    });
    expect(now()).toBeLessThanOrEqual(15_000);
    expect(sdk.calls().length).toBeGreaterThan(4);
  });

  it('does not ask at all when no time is left', async () => {
    await expect(hubWithin(4_000).hub.import(place, [finding])).rejects.toMatchObject({
      name: 'HubUnavailableError',
    });
    expect(sdk.calls()).toHaveLength(0);
  });

  it('lets a refusal through that no waiting changes', async () => {
    sdk.on(BatchImportFindingsCommand).rejects(awsError('InvalidAccessException'));
    const { hub, waits } = hubWithin(60_000);
    await expect(hub.import(place, [finding])).rejects.toMatchObject({
      name: 'InvalidAccessException',
    });
    expect(waits).toEqual([]);
  });
});
