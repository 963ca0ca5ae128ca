import { describe, expect, it } from '@jest/globals';
import { parseEvent } from './index.ts';
import {
  apiCallEvent,
  asffFinding,
  cloudTrailRecord,
  customActionEvent,
  eventBridgeEvent,
  guardDutyEvent,
  guardDutyFinding,
  importedEvent,
  importedV2Event,
  insightResultsEvent,
  ocsfFinding,
} from './testing/samples.ts';
import { thrownBy } from './testing/thrown-by.ts';

describe('parseEvent', () => {
  it.each([
    ['findings-imported', importedEvent(asffFinding(), asffFinding({ Id: 'b' })), 2],
    ['findings-imported-v2', importedV2Event(ocsfFinding(), ocsfFinding()), 2],
    ['guardduty-finding', guardDutyEvent(guardDutyFinding()), 1],
    ['custom-action', customActionEvent(asffFinding(), ocsfFinding()), 2],
  ])('reads all findings of %s, and keeps the event', (type, raw, count) => {
    const event = parseEvent(raw);
    expect(event.type).toBe(type);
    expect('findings' in event && event.findings).toHaveLength(count);
    expect(event.raw).toBe(raw);
  });

  it('reads what stands around the detail', () => {
    expect(parseEvent(importedEvent(asffFinding())).envelope).toMatchObject({
      id: '8e5622f9-d81c-4d81-612a-9319e7ee2506',
      source: 'aws.securityhub',
      detailType: 'Security Hub Findings - Imported',
      account: '123456789012',
      region: 'eu-west-1',
      time: '2026-11-24T03:04:00Z',
    });
  });

  it('reads an event that says only what it must', () => {
    const { source, detail, 'detail-type': type } = importedEvent(asffFinding());
    expect(parseEvent({ source, detail, 'detail-type': type }).envelope).toEqual({
      id: '',
      source: 'aws.securityhub',
      detailType: 'Security Hub Findings - Imported',
      account: '',
      region: '',
      time: '',
      resources: [],
    });
  });

  it('reads which action was clicked', () => {
    expect(parseEvent(customActionEvent(asffFinding()))).toMatchObject({
      actionArn: 'arn:aws:securityhub:eu-west-1:123456789012:action/custom/RestartTrail',
      actionName: 'Restart CloudTrail',
      actionDescription: 'Starts the trail again',
    });
  });

  it('reads every result of an insight, in order', () => {
    expect(parseEvent(insightResultsEvent())).toMatchObject({
      type: 'insight-results',
      insightName: 'Busiest keys',
      insightArn: 'arn:aws:securityhub:::insight/securityhub/default/9',
      resultType: 'ResourceAwsIamAccessKeyUserName',
      results: [
        ['mallory', 5],
        ['trudy', 2],
        ['eve', 1],
      ],
    });
  });

  it('leaves empty what an action does not say', () => {
    const bare = eventBridgeEvent('aws.securityhub', 'Security Hub Insight Results', {
      insightResults: [],
    });
    expect(parseEvent(bare)).toMatchObject({ actionArn: '', actionName: '', insightName: '' });
    const click = eventBridgeEvent('aws.securityhub', 'Security Hub Findings - Custom Action', {
      findings: [asffFinding()],
    });
    expect(parseEvent(click)).toMatchObject({ actionArn: '', actionDescription: '' });
  });

  it('reads an API call, with the account whose resources it concerned', () => {
    const raw = apiCallEvent({ recipientAccountId: '210987654321' });
    const event = parseEvent(raw);
    expect(event).toMatchObject({
      type: 'api-call',
      eventName: 'StopLogging',
      accountId: '210987654321',
    });
    expect(event.raw).toBe(raw);
    expect(parseEvent(apiCallEvent({ recipientAccountId: undefined }))).toMatchObject({
      accountId: '123456789012',
    });
  });

  it.each([
    'AWS Console Sign In via CloudTrail',
    'AWS Service Event via CloudTrail',
    'AWS Insight via CloudTrail',
  ])('reads %s', (detailType) => {
    const event = parseEvent(eventBridgeEvent('aws.x', detailType, cloudTrailRecord()));
    expect(event.type).toBe('api-call');
  });

  it.each([
    ['aws.s3', 'Object Created'],
    ['aws.securityhub', 'Security Hub Findings'],
    ['aws.securityhub', 'GuardDuty Finding'],
    ['aws.guardduty', 'GuardDuty Malware Protection Object Scan Result'],
    ['mine', 'constructor'],
  ])('says that it does not know the event %s %s', (source, detailType) => {
    expect(thrownBy(() => parseEvent(eventBridgeEvent(source, detailType, {})))).toMatchObject({
      name: 'UnknownEventError',
      path: 'detail-type',
      source,
      detailType,
    });
  });

  const sample = importedEvent(asffFinding());
  it.each([
    ['MalformedEventError', '(root)', null],
    ['MalformedEventError', '(root)', []],
    ['MalformedEventError', 'source', { ...sample, source: undefined }],
    ['MalformedEventError', 'detail-type', { ...sample, 'detail-type': 5 }],
    ['MalformedEventError', 'resources.0', { ...sample, resources: [5] }],
    ['MalformedEventError', 'detail', { ...sample, detail: undefined }],
    ['MalformedEventError', 'detail', { ...sample, detail: [] }],
    ['MalformedEventError', 'detail.findings', importedEvent()],
    ['MalformedEventError', 'detail.findings', { ...sample, detail: { findings: {} } }],
    ['MalformedFindingError', 'detail.findings.1', importedEvent(asffFinding(), 'x')],
    ['MalformedFindingError', 'detail.findings.0.Id', importedEvent(asffFinding({ Id: 1 }))],
    [
      'MalformedFindingError',
      'detail.accountId',
      guardDutyEvent(guardDutyFinding({ accountId: '1' })),
    ],
    ['MalformedEventError', 'detail.eventName', apiCallEvent({ eventName: '' })],
    ['MalformedEventError', 'detail.insightResults', insightResultsEvent({ insightResults: 5 })],
    [
      'MalformedEventError',
      'detail.insightResults.0',
      insightResultsEvent({ insightResults: ['x'] }),
    ],
    [
      'MalformedEventError',
      'detail.insightResults.1',
      insightResultsEvent({ insightResults: [{}, { a: '5' }] }),
    ],
  ])('rejects with %s what is wrong at %s', (name, path, input) => {
    expect(thrownBy(() => parseEvent(input))).toMatchObject({ name, path });
  });
});
