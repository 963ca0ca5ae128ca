import { describe, expect, it } from '@jest/globals';
import { parseFinding, parseFindings } from './index.ts';
import {
  apiCallEvent,
  asffFinding,
  customActionEvent,
  guardDutyEvent,
  guardDutyFinding,
  importedEvent,
  insightResultsEvent,
  ocsfFinding,
} from './testing/samples.ts';
import { thrownBy } from './testing/thrown-by.ts';

describe('parseFinding', () => {
  it.each([
    ['asff', asffFinding()],
    ['ocsf', ocsfFinding()],
    ['guardduty', guardDutyFinding()],
  ])('tells the format %s', (format, raw) => {
    expect(parseFinding(raw).format).toBe(format);
  });

  it.each([
    ['ProductArn', asffFinding({ ProductArn: undefined })],
    ['AwsAccountId', asffFinding({ AwsAccountId: undefined })],
    ['class_uid', ocsfFinding({ class_uid: undefined })],
    ['accountId', guardDutyFinding({ accountId: undefined })],
    ['id', {}],
    ['(root)', []],
    ['(root)', null],
  ])('tells the format also where the finding is wrong at %s', (path, raw) => {
    expect(thrownBy(() => parseFinding(raw))).toMatchObject({
      name: 'MalformedFindingError',
      path,
    });
  });
});

describe('parseFindings', () => {
  const mixed = [asffFinding(), ocsfFinding(), guardDutyFinding()];
  const formats = ['asff', 'ocsf', 'guardduty'];

  it.each([
    ['a list', mixed],
    ['an answer of an API', { Findings: mixed, NextToken: 'x' }],
    ['an event’s detail', { findings: mixed }],
    ['a custom action', customActionEvent(...mixed)],
  ])('reads all findings of %s, in order', (_what, document) => {
    const findings = parseFindings(document);
    expect(findings.map(({ format }) => format)).toEqual(formats);
    expect(findings.map(({ raw }) => raw)).toEqual(mixed);
  });

  it('reads one finding, and GuardDuty’s event', () => {
    expect(parseFindings(asffFinding())).toHaveLength(1);
    expect(parseFindings(guardDutyEvent(guardDutyFinding()))).toHaveLength(1);
  });

  it('reads nothing from an empty answer', () => {
    expect(parseFindings({ Findings: [] })).toEqual([]);
    expect(parseFindings([])).toEqual([]);
  });

  it.each([
    ['1.Resources.0.Id', [asffFinding(), asffFinding({ Resources: [{ Id: '' }] })]],
    ['Findings.0.AwsAccountId', { Findings: [asffFinding({ AwsAccountId: 'x' })] }],
    ['Findings.1', { Findings: [asffFinding(), null] }],
    ['Findings', { Findings: 'none' }],
    ['findings.0.finding_info.uid', { findings: [ocsfFinding({ finding_info: {} })] }],
    ['detail.findings.1.Id', importedEvent(asffFinding(), asffFinding({ Id: undefined }))],
    ['(root)', 'text'],
  ])('names the path %s from the document’s root', (path, document) => {
    expect(thrownBy(() => parseFindings(document))).toMatchObject({
      name: 'MalformedFindingError',
      path,
    });
  });

  it.each([
    ['AWS API Call via CloudTrail', apiCallEvent()],
    ['Security Hub Insight Results', insightResultsEvent()],
  ])('says that the event %s carries no finding', (detailType, event) => {
    expect(thrownBy(() => parseFindings(event))).toMatchObject({
      name: 'UnknownEventError',
      detailType,
    });
  });
});
