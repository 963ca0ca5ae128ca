import { describe, expect, it } from '@jest/globals';
import { parseOcsfFinding } from './index.ts';
import { findingId, ocsfFinding } from './testing/samples.ts';
import { thrownBy } from './testing/thrown-by.ts';

describe('parseOcsfFinding', () => {
  it('reads what the finding says, and keeps the finding', () => {
    const raw = ocsfFinding({ comment: 'seen', compliance: { control: 'CloudTrail.1' } });
    const finding = parseOcsfFinding(raw);
    expect(finding).toEqual({
      format: 'ocsf',
      id: findingId,
      productArn: 'arn:aws:securityhub:eu-west-1::productv2/aws/guardduty',
      productName: 'GuardDuty',
      accountId: '123456789012',
      region: 'eu-west-1',
      partition: 'aws',
      title: 'AWS CloudTrail trail main was disabled.',
      description: 'AWS CloudTrail trail main was disabled by mallory calling StopLogging.',
      types: ['TTPs/Defense Evasion/Stealth:IAMUser-CloudTrailLoggingDisabled'],
      severity: 'low',
      workflowStatus: 'New',
      note: { text: 'seen' },
      resources: [{ id: 'main', type: 'AWS::CloudTrail::Trail', tags: { team: 'blue' } }],
      productFields: {},
      securityControlId: 'CloudTrail.1',
      createdAt: '2026-11-24T03:03:00.000Z',
      raw,
    });
    expect(finding.raw).toBe(raw);
  });

  it.each([2002, 2003, 2004, 2006, 2007, '2004'])('reads class %p', (class_uid) => {
    expect(parseOcsfFinding(ocsfFinding({ class_uid })).id).toBe(findingId);
  });

  it('reads a security finding (class 2001), which keeps its words under `finding`', () => {
    const finding = {
      uid: 'f-1',
      title: 'Old',
      desc: 'Older',
      types: ['x'],
      created_time: 1732417380000,
    };
    const raw = ocsfFinding({ class_uid: 2001, finding_info: undefined, finding });
    expect(parseOcsfFinding(raw)).toMatchObject({
      id: 'f-1',
      title: 'Old',
      description: 'Older',
      types: ['x'],
      createdAt: '2024-11-24T03:03:00.000Z',
    });
  });

  it('reads an incident (class 2005) by the first finding that led to it', () => {
    const finding_info_list = [{ uid: 'f-1', title: 'First' }, { uid: 'f-2' }];
    const raw = ocsfFinding({
      class_uid: 2005,
      desc: 'Two things happened',
      finding_info: undefined,
      finding_info_list,
      resources: undefined,
    });
    expect(parseOcsfFinding(raw)).toMatchObject({
      id: 'f-1',
      title: 'First',
      description: 'Two things happened',
      resources: [],
    });
  });

  it('reads every resource: the list, and the one of early versions', () => {
    const resources = [
      { uid: 'a', tags: [{ name: 'n', value: 'v' }, { name: 'other' }, 7] },
      { name: 'b', region: 'eu-west-2', cloud_partition: 'aws' },
      { uid_alt: 'c', tags: {} },
    ];
    const found = parseOcsfFinding(ocsfFinding({ resources, resource: { uid: 'd' } })).resources;
    expect(found).toEqual([
      { id: 'a', tags: { n: 'v' } },
      { id: 'b', region: 'eu-west-2', partition: 'aws', tags: {} },
      { id: 'c', tags: {} },
      { id: 'd', tags: {} },
    ]);
    const once = parseOcsfFinding(
      ocsfFinding({ resources: [{ uid: 'a' }], resource: { uid: 'a' } }),
    );
    expect(once.resources).toHaveLength(1);
  });

  it.each([
    ['milliseconds', 1795489380000],
    ['seconds, as some products write', 1795489380],
    ['text', '2026-11-24T03:03:00.000Z'],
  ])('reads times in %s', (_what, created_time) => {
    const raw = ocsfFinding({ finding_info: { uid: 'f', created_time } });
    expect(parseOcsfFinding(raw).createdAt).toBe('2026-11-24T03:03:00.000Z');
  });

  it('leaves out a time that no date has', () => {
    const raw = ocsfFinding({ finding_info: { uid: 'f', created_time: 9e15, modified_time: {} } });
    const finding = parseOcsfFinding(raw);
    expect(finding).not.toHaveProperty('createdAt');
    expect(finding).not.toHaveProperty('updatedAt');
  });

  it.each([
    [{ region: 'cn-north-1' }, 'aws-cn'],
    [{ region: 'us-gov-east-1', cloud_partition: 'aws-us-gov' }, 'aws-us-gov'],
    [{ cloud_partition: 'aws-iso' }, 'aws-iso'],
    [{ region: null }, 'aws'],
  ])('finds the partition of %p', (place, partition) => {
    const cloud = { account: { uid: '123456789012' }, ...place };
    expect(parseOcsfFinding(ocsfFinding({ cloud })).partition).toBe(partition);
  });

  it('reads a severity that only its name tells', () => {
    const raw = ocsfFinding({ severity_id: undefined, severity: 'High' });
    expect(parseOcsfFinding(raw).severity).toBe('high');
  });

  it.each([
    ['class_uid', { class_uid: undefined }],
    ['class_uid', { class_uid: 6003 }],
    ['class_uid', { class_uid: 'detection' }],
    ['cloud', { cloud: undefined }],
    ['cloud.account', { cloud: { region: 'eu-west-1' } }],
    ['cloud.account.uid', { cloud: { account: { uid: '39b6331a-1dd5-4c5d-b798-817c39b3d58b' } } }],
    ['cloud.region', { cloud: { account: { uid: '123456789012' }, region: 5 } }],
    ['severity_id', { severity_id: undefined, severity: undefined }],
    ['severity_id', { severity_id: 42, severity: 'bad' }],
    ['finding_info', { finding_info: undefined }],
    ['finding_info.uid', { finding_info: { title: 'x' } }],
    ['finding_info.title', { finding_info: { uid: 'x', title: 5 } }],
    ['finding', { class_uid: 2001, finding_info: undefined }],
    ['finding_info_list', { class_uid: 2005, finding_info: undefined }],
    ['finding_info_list', { class_uid: 2005, finding_info: undefined, finding_info_list: [] }],
    ['finding_info_list.0', { class_uid: 2005, finding_info: undefined, finding_info_list: [7] }],
    ['resources', { resources: 'all' }],
    ['resources.1', { resources: [{ uid: 'a' }, 'b'] }],
    ['resources.0.uid', { resources: [{ type: 'AwsAccount' }] }],
    ['resource.uid', { resources: undefined, resource: {} }],
  ])('rejects a finding that is wrong at %s', (path, changes) => {
    expect(thrownBy(() => parseOcsfFinding(ocsfFinding(changes)))).toMatchObject({
      name: 'MalformedFindingError',
      path,
    });
  });

  it.each([undefined, null, 'text', 7, []])('rejects %p, which is no finding', (input) => {
    expect(thrownBy(() => parseOcsfFinding(input))).toMatchObject({ path: '(root)' });
  });
});
