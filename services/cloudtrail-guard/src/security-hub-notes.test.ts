import {
  BatchUpdateFindingsCommand,
  BatchUpdateFindingsV2Command,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Finding, parseEvent, type ResponseRecord } from '@riposte/findings';
import { mockClient } from 'aws-sdk-client-mock';
import { restartStoppedTrail } from './restart-stopped-trail.ts';
import { securityHubNotes } from './security-hub-notes.ts';
import { fakeGuard, mainTrail, stoppedTrail } from './testing/fake-guard.ts';
import { apiCall, asffEvent, ocsfEvent } from './testing/sample-events.ts';

const hub = mockClient(SecurityHubClient);
const notes = securityHubNotes(new SecurityHubClient({ region: 'eu-west-1' }));

function findingOf(input: unknown): Finding {
  const event = parseEvent(input);
  const finding = 'findings' in event ? event.findings[0] : undefined;
  if (!finding) throw new RangeError('sample has no finding');
  return finding;
}

async function answered(): Promise<ResponseRecord> {
  const guard = fakeGuard(stoppedTrail());
  await restartStoppedTrail(guard.ports)(apiCall({ eventName: 'StopLogging' }));
  const [record] = [...guard.records.held.values()];
  if (!record) throw new RangeError('no record');
  return record;
}

describe('securityHubNotes', () => {
  beforeEach(() => {
    hub.reset();
    hub.on(GetFindingsCommand).resolves({ Findings: [] });
    hub.on(BatchUpdateFindingsCommand).resolves({});
    hub.on(BatchUpdateFindingsV2Command).resolves({});
  });

  it('writes incident, note and workflow status on an ASFF finding', async () => {
    const record = await answered();
    await notes.note(findingOf(asffEvent(['main'])), record);
    const [call] = hub.commandCalls(BatchUpdateFindingsCommand);
    expect(call?.args[0].input).toMatchObject({
      Note: {
        Text: expect.stringContaining(`Incident ${record.id}`),
        UpdatedBy: 'riposte',
      },
      UserDefinedFields: { riposteIncident: record.id, riposteStatus: 'verified' },
      Workflow: { Status: 'RESOLVED' },
    });
  });

  it("keeps an analyst's note and fields, and what the analyst has decided", async () => {
    hub.on(GetFindingsCommand).resolves({
      Findings: [
        {
          Note: { Text: 'I look at it. Ana', UpdatedBy: 'ana', UpdatedAt: '2026-11-24T03:00:00Z' },
          UserDefinedFields: { ticket: 'SEC-1' },
          Workflow: { Status: 'SUPPRESSED' },
        } as never,
      ],
    });
    await notes.note(findingOf(asffEvent(['main'])), await answered());
    const input = hub.commandCalls(BatchUpdateFindingsCommand)[0]?.args[0].input;
    expect(input?.Note?.Text).toMatch(/^I look at it\. Ana\n--- Riposte: trail-stopped answered/);
    expect(input?.UserDefinedFields).toMatchObject({ ticket: 'SEC-1' });
    expect(input?.Workflow).toBeUndefined();
  });

  it('comments on an OCSF finding and moves its status', async () => {
    const record: ResponseRecord = { ...(await answered()), status: 'told', reason: 'exempt' };
    await notes.note(findingOf(ocsfEvent(mainTrail.arn)), record);
    const input = hub.commandCalls(BatchUpdateFindingsV2Command)[0]?.args[0].input;
    expect(input).toMatchObject({
      FindingIdentifiers: [{ CloudAccountUid: '123456789012' }],
      Comment: expect.stringContaining('told, nothing changed (exempt)'),
      StatusId: 2,
    });
    await notes.note(findingOf(ocsfEvent(mainTrail.arn)), await answered());
    expect(hub.commandCalls(BatchUpdateFindingsV2Command)[1]?.args[0].input.StatusId).toBe(4);
  });

  it('reads what Security Hub did not process', async () => {
    const FindingIdentifier = { Id: 'x', ProductArn: 'y' };
    const UnprocessedFindings = [
      { FindingIdentifier, ErrorCode: 'FindingNotFound', ErrorMessage: 'no' },
    ];
    hub.on(BatchUpdateFindingsCommand).resolves({ UnprocessedFindings });
    hub.on(BatchUpdateFindingsV2Command).resolves({ UnprocessedFindings: [{}] } as never);
    const record = await answered();
    await expect(notes.note(findingOf(asffEvent(['main'])), record)).rejects.toMatchObject({
      name: 'FindingNoteError',
      message: expect.stringContaining('FindingNotFound'),
    });
    await expect(notes.note(findingOf(ocsfEvent(mainTrail.arn)), record)).rejects.toThrow(
      'unprocessed',
    );
  });
});
