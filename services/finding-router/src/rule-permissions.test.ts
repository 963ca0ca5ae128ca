import { describe, expect, it } from '@jest/globals';
import type { Action, Channel } from '@riposte/rules';
import { actionPermissions, topicPermissions } from './rule-permissions.ts';
import { channels, ruleThat } from './testing/route-world.ts';

const permissionsFor = (enabled: boolean, ...actions: readonly Action[]) => {
  const rule = { ...ruleThat('acts', ...actions), enabled };
  return actionPermissions({
    packs: [{ name: 'p', evaluate: 'original', rules: [rule], file: 'p' }],
  });
};
const sub = (text: string) => ({ 'Fn::Sub': text });
const ofAws = 'arn:${AWS::Partition}:ssm:${AWS::Region}::';
const own = (service: string) =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:`;

const readingBack = {
  Effect: 'Allow',
  Action: 'ssm:GetAutomationExecution',
  Resource: [sub(`${own('ssm')}automation-execution/*`)],
};

describe('actionPermissions', () => {
  it('name what enabled rules name, and nothing else', () => {
    const actions: readonly Action[] = [
      { invoke: { function: 'enrich' } },
      { invoke: { function: 'enrich' } },
      { invoke: { function: 'arn:aws:lambda:eu-west-1:999999999999:function:theirs' } },
      { queue: { url: 'https://sqs.eu-west-1.amazonaws.com/999999999999/theirs' } },
      { event: { bus: 'default' } },
      { automation: { document: 'Isolate' } },
      { automation: { document: 'AWS-StopEC2Instance' } },
      { tag: { tags: { a: 'b' } } },
      { remediate: { action: 'S3.4' } },
      { notify: { channel: 'soc' } },
    ];
    expect(permissionsFor(true, ...actions)).toEqual([
      {
        Effect: 'Allow',
        Action: 'lambda:InvokeFunction',
        Resource: [
          sub(`${own('lambda')}function:enrich`),
          'arn:aws:lambda:eu-west-1:999999999999:function:theirs',
        ],
      },
      {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: [sub('arn:${AWS::Partition}:sqs:eu-west-1:999999999999:theirs')],
      },
      {
        Effect: 'Allow',
        Action: 'events:PutEvents',
        Resource: [sub(`${own('events')}event-bus/default`)],
      },
      {
        Effect: 'Allow',
        Action: 'ssm:StartAutomationExecution',
        Resource: [
          sub(`${own('ssm')}document/Isolate`),
          sub(`${own('ssm')}automation-definition/Isolate:*`),
          sub(`${own('ssm')}automation-execution/*`),
          sub(`${ofAws}document/AWS-StopEC2Instance`),
          sub(`${ofAws}automation-definition/AWS-StopEC2Instance:*`),
        ],
      },
      readingBack,
      { Effect: 'Allow', Action: ['tag:GetResources', 'tag:TagResources'], Resource: ['*'] },
    ]);
    expect(permissionsFor(false, ...actions)).toEqual([]);
  });

  it('pass on the role that a document works with, to Systems Manager alone', () => {
    const theirs = 'arn:aws:ssm:eu-west-1:999999999999:document/Theirs';
    const role = 'arn:aws:iam::123456789012:role/isolates';
    const run = (AutomationAssumeRole: string) => ({
      automation: { document: theirs, parameters: { AutomationAssumeRole } },
    });
    expect(
      permissionsFor(true, run(role), run('arn:aws:iam::{{ finding.account }}:role/r')),
    ).toEqual([
      {
        Effect: 'Allow',
        Action: 'ssm:StartAutomationExecution',
        Resource: [
          theirs,
          'arn:aws:ssm:eu-west-1:999999999999:automation-definition/Theirs:*',
          sub(`${own('ssm')}automation-execution/*`),
        ],
      },
      readingBack,
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: [role],
        Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
      },
    ]);
  });

  it('leave out what only the environment knows', () => {
    expect(
      permissionsFor(true, { queue: { url: '${QUEUE}' } }, { event: { bus: '${BUS}' } }),
    ).toEqual([]);
  });
});

describe('topicPermissions', () => {
  it('name the topics of channels, once', () => {
    const own: Channel = { name: 'own', type: 'sns', topic: '${ALERTS_TOPIC_ARN}' };
    expect(topicPermissions({ channels: [...channels, ...channels, own] })).toEqual([
      {
        Effect: 'Allow',
        Action: 'sns:Publish',
        Resource: ['arn:aws:sns:eu-west-1:123456789012:soc'],
      },
    ]);
  });
});
