import { createRequire } from 'node:module';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Template, TemplateResource } from './types.ts';

const { mendTemplate }: { mendTemplate(template: Template): void } = createRequire(import.meta.url)(
  './mend-template.cjs',
);

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

function role(...statements: object[]): TemplateResource {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      ManagedPolicyArns: [],
      Policies: [{ PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
    },
  };
}

const logging = {
  Effect: 'Allow',
  Action: ['logs:CreateLogStream', 'logs:CreateLogGroup', 'logs:PutLogEvents'],
  Resource: ['logs'],
};

/** What the framework and the roles plugin make of a function that a rule invokes. */
function packaged(): Template {
  return {
    Resources: {
      IamRoleLambdaExecution: role(),
      AnswerFunction: {
        Type: 'AWS::Lambda::Function',
        DependsOn: ['AnswerRole', 'AnswerLogGroup'],
        Properties: {
          Role: arnOf('AnswerRole'),
          TracingConfig: { Mode: 'Active' },
          Environment: { Variables: { DLQ_URL: { Ref: 'AnswerDlq' } } },
        },
      },
      AnswerRole: role(structuredClone(logging), { Effect: 'Allow', Action: 's3:GetObject' }),
      AnswerDlq: { Type: 'AWS::SQS::Queue', Properties: {} },
      AnswerInvokeConfig: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'AnswerFunction' },
          DestinationConfig: { OnFailure: { Destination: arnOf('AnswerDlq') } },
        },
      },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          Targets: [
            { Arn: arnOf('AnswerFunction'), DeadLetterConfig: { Arn: arnOf('AnswerDlq') } },
          ],
        },
      },
    },
  };
}

let template: Template;

beforeEach(() => {
  template = packaged();
});

function mended(id: string): TemplateResource {
  mendTemplate(template);
  return resource(id);
}

function resource(id: string): TemplateResource {
  const found = template.Resources[id];
  if (!found) throw new RangeError(`no ${id}`);
  return found;
}

describe('the mended role of a function', () => {
  it('may send to the queue of the function, once, though two ways lead there', () => {
    expect(JSON.stringify(mended('AnswerRole'))).toContain(
      JSON.stringify({
        Effect: 'Allow',
        Action: ['sqs:SendMessage'],
        Resource: [arnOf('AnswerDlq')],
      }),
    );
  });

  it('may send to the destination of an event source mapping', () => {
    template.Resources.StreamDlq = { Type: 'AWS::SQS::Queue', Properties: {} };
    template.Resources.Mapping = {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: arnOf('AnswerFunction'),
        DestinationConfig: { OnFailure: { Destination: arnOf('StreamDlq') } },
      },
    };
    expect(JSON.stringify(mended('AnswerRole'))).toContain(
      JSON.stringify([arnOf('AnswerDlq'), arnOf('StreamDlq')]),
    );
  });

  it('makes no log group', () => {
    const text = JSON.stringify(mended('AnswerRole'));
    expect(text).not.toContain('logs:CreateLogGroup');
    expect(text).toContain('logs:CreateLogStream');
  });

  it('may trace where the function is traced', () => {
    expect(JSON.stringify(mended('AnswerRole'))).toContain('xray:PutTraceSegments');
  });

  it('may not trace, nor send to a queue, where the function does neither', () => {
    resource('AnswerFunction').Properties = { Role: arnOf('AnswerRole') };
    delete template.Resources.AnswerInvokeConfig;
    expect(mended('AnswerRole').Properties.Policies).toEqual([
      expect.objectContaining({
        PolicyDocument: expect.objectContaining({
          Statement: [
            { ...logging, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] },
            { Effect: 'Allow', Action: 's3:GetObject' },
          ],
        }),
      }),
    ]);
  });

  it('loses an empty list of managed policies, and keeps one that is not', () => {
    expect(mended('AnswerRole').Properties).not.toHaveProperty('ManagedPolicyArns');
    template = packaged();
    resource('AnswerRole').Properties.ManagedPolicyArns = ['arn'];
    expect(mended('AnswerRole').Properties.ManagedPolicyArns).toEqual(['arn']);
  });

  it('is left alone where it comes from elsewhere', () => {
    resource('AnswerFunction').Properties.Role = 'arn:aws:iam::111122223333:role/given';
    const before = structuredClone(resource('AnswerRole'));
    expect(mended('AnswerRole')).toEqual(before);
  });

  it('is not waited for twice', () => {
    expect(mended('AnswerFunction').DependsOn).toEqual(['AnswerLogGroup']);
    template = packaged();
    resource('AnswerFunction').DependsOn = 'AnswerRole';
    expect(mended('AnswerFunction').DependsOn).toEqual([]);
    template = packaged();
    delete resource('AnswerFunction').DependsOn;
    expect(mended('AnswerFunction').DependsOn).toEqual([]);
  });
});

describe('the shared role', () => {
  it('goes', () => {
    mendTemplate(template);
    expect(template.Resources).not.toHaveProperty('IamRoleLambdaExecution');
  });

  it('is refused to a function that uses it', () => {
    resource('AnswerFunction').Properties.Role = arnOf('IamRoleLambdaExecution');
    expect(() => mendTemplate(template)).toThrow(
      'the shared role is used by AnswerFunction: give each function iamRoleStatements',
    );
  });
});

describe('queues that rules send to', () => {
  it('accept messages from those rules alone, as dead-letter queue or as target', () => {
    template.Resources.Other = {
      Type: 'AWS::Events::Rule',
      Properties: { Targets: [{ Arn: arnOf('AnswerDlq') }] },
    };
    expect(mended('AnswerDlqFromRules')).toEqual({
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'AnswerDlq' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: arnOf('AnswerDlq'),
              Condition: { ArnEquals: { 'aws:SourceArn': [arnOf('Other'), arnOf('Rule')] } },
            },
          ],
        },
      },
    });
  });

  it('are added to the policy that a queue has: a second one would silently replace it', () => {
    const own = { Sid: 'Own' };
    template.Resources.FromBucket = {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'AnswerDlq' }], PolicyDocument: { Statement: [own] } },
    };
    expect(mended('FromBucket')).toMatchObject({
      Properties: {
        PolicyDocument: {
          Statement: [{ Condition: { ArnEquals: { 'aws:SourceArn': [arnOf('Rule')] } } }, own],
        },
      },
    });
    expect(template.Resources).not.toHaveProperty('AnswerDlqFromRules');
  });

  it.each([
    [[{ Ref: 'AnswerDlq' }], {}],
    [[{ Ref: 'AnswerDlq' }, { Ref: 'Other' }], { Statement: [] }],
  ])(
    'are refused where the policy that a queue has cannot be added to: %j %j',
    (Queues, PolicyDocument) => {
      template.Resources.FromBucket = {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { Queues, PolicyDocument },
      };
      expect(() => mendTemplate(template)).toThrow('AnswerDlq has FromBucket');
    },
  );

  it('get no policy where no rule sends', () => {
    resource('Rule').Properties.Targets = [{ Arn: 'arn:aws:lambda:eu-west-1:1:function:f' }];
    mendTemplate(template);
    expect(template.Resources).not.toHaveProperty('AnswerDlqFromRules');
  });
});
