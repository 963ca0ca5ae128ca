import { describe, expect, it } from '@jest/globals';
import { parseCloudTrailRecord, parseEvent, parseFinding } from '@riposte/findings';
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
} from './index.ts';

describe('sample documents', () => {
  it.each([
    ['findings-imported', importedEvent(asffFinding())],
    ['findings-imported-v2', importedV2Event(ocsfFinding())],
    ['custom-action', customActionEvent(asffFinding(), ocsfFinding())],
    ['insight-results', insightResultsEvent()],
    ['guardduty-finding', guardDutyEvent(guardDutyFinding())],
    ['api-call', apiCallEvent()],
    [
      'api-call',
      eventBridgeEvent('aws.kms', 'AWS Service Event via CloudTrail', cloudTrailRecord()),
    ],
  ])('are events that are read: %s', (type, event) => {
    expect(parseEvent(event).type).toBe(type);
  });

  it('change where they are told to, and leave out what is undefined', () => {
    expect(parseFinding(asffFinding({ Id: 'x' })).id).toBe('x');
    expect(asffFinding({ Note: undefined, Title: undefined })).not.toHaveProperty('Title');
    expect(parseCloudTrailRecord(cloudTrailRecord({ eventName: 'DeleteTrail' })).eventName).toBe(
      'DeleteTrail',
    );
  });

  it('call the service that the event comes from', () => {
    expect(apiCallEvent({ eventSource: 'kms.amazonaws.com' })).toMatchObject({ source: 'aws.kms' });
  });

  it('are JSON', () => {
    for (const sample of [
      importedEvent(asffFinding()),
      importedV2Event(ocsfFinding()),
      apiCallEvent(),
    ]) {
      expect(JSON.parse(JSON.stringify(sample))).toEqual(sample);
    }
  });
});
