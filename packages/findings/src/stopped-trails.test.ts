import { describe, expect, it } from '@jest/globals';
import { isCloudTrailLoggingDisabled, parseFinding, stoppedTrailsOf } from './index.ts';
import { asffFinding, guardDutyFinding, ocsfFinding } from './testing/samples.ts';

const field = 'action/awsApiCallAction/affectedResources/AWS::CloudTrail::Trail';
const arn = 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/main';

function asffTrails(ProductFields: unknown, changes = {}) {
  return stoppedTrailsOf(parseFinding(asffFinding({ ProductFields, ...changes })));
}

describe('isCloudTrailLoggingDisabled', () => {
  it('knows the finding in every format', () => {
    for (const raw of [asffFinding(), ocsfFinding(), guardDutyFinding()]) {
      expect(isCloudTrailLoggingDisabled(parseFinding(raw))).toBe(true);
    }
  });

  it('knows other findings apart', () => {
    const raw = asffFinding({
      Types: ['TTPs/Defense Evasion/Stealth:IAMUser-PasswordPolicyChange'],
    });
    expect(isCloudTrailLoggingDisabled(parseFinding(raw))).toBe(false);
  });
});

describe('stoppedTrailsOf', () => {
  it.each([
    ['one name', { [field]: 'main' }, ['main']],
    ['one ARN', { [field]: arn }, [arn]],
    ['several, separated by commas', { [field]: 'main, second,' }, ['main', 'second']],
    ['a JSON list', { [field]: '["main","second"]' }, ['main', 'second']],
    ['numbered fields', { [`${field}/0`]: 'a', [`${field}.1`]: 'b' }, ['a', 'b']],
    ['a name twice', { [field]: 'main,main' }, ['main']],
    ['another resource', { 'action/affectedResources/AWS::S3::Bucket': 'b' }, []],
    ['no product fields', undefined, []],
  ])('finds the trails of an ASFF finding with %s', (_what, productFields, trails) => {
    expect(asffTrails(productFields)).toEqual(trails);
  });

  it('finds trails in the action and among the resources of an ASFF finding', () => {
    const Action = {
      AwsApiCallAction: { AffectedResources: { 'AWS::CloudTrail::Trail': 'second' } },
    };
    const Resources = [{ Id: arn }, { Id: 'third', Type: 'AwsCloudTrailTrail' }, { Id: 'i-1' }];
    expect(asffTrails({}, { Action, Resources })).toEqual(['second', arn, 'third']);
  });

  it('finds the trails of GuardDuty’s own finding, in either spelling', () => {
    expect(stoppedTrailsOf(parseFinding(guardDutyFinding()))).toEqual(['main']);
    const action = (AffectedResources: unknown) => ({
      Id: 'f1',
      AccountId: '123456789012',
      Region: 'eu-west-1',
      Type: 'Stealth:IAMUser/CloudTrailLoggingDisabled',
      Severity: 2,
      Service: { Action: { AwsApiCallAction: { AffectedResources } } },
    });
    const named = action({ 'AWS::CloudTrail::Trail': ['a', 'b', 7] });
    expect(stoppedTrailsOf(parseFinding(named))).toEqual(['a', 'b']);
    expect(stoppedTrailsOf(parseFinding(action(5)))).toEqual([]);
  });

  it.each([
    ['resources', {}, ['main']],
    ['unmapped text', { resources: [], unmapped: { [field]: 'a,b' } }, ['a', 'b']],
    [
      'unmapped objects',
      { resources: [], unmapped: { x: { 'AWS::CloudTrail::Trail': 'a' }, y: 5, z: 'b' } },
      ['a'],
    ],
    ['nothing', { resources: [], unmapped: 'x' }, []],
  ])('finds the trails of an OCSF finding in %s', (_what, changes, trails) => {
    expect(stoppedTrailsOf(parseFinding(ocsfFinding(changes)))).toEqual(trails);
  });
});
