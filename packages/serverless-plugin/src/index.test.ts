import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import type { Service, Template } from './types.ts';

interface Serverless {
  readonly service: Service;
  getProvider(name: string): { getStage(): string; getRegion(): string };
  readonly configSchemaHandler?: { defineCustomProperties(schema: object): void };
}

interface Tools {
  readonly log: { notice(text: string): void };
}

interface Plugin {
  readonly hooks: Readonly<Record<string, () => void>>;
}

const Riposte: new (serverless: Serverless, options?: object, tools?: Tools) => Plugin =
  createRequire(import.meta.url)('./index.cjs');

const initialize = 'initialize';
const functions = 'before:package:compileFunctions';
const removed = 'after:remove:remove';
const merged = 'after:aws:package:finalize:mergeCustomProviderResources';

function installed() {
  const template: Template = { Resources: {} };
  const schemas: object[] = [];
  const alarmTopic = { Ref: 'Topic' };
  const service: Service = {
    service: 'riposte-guard',
    custom: { riposte: { alarmTopic } },
    functions: {
      'restart-trail': { name: 'riposte-guard-dev-restart-trail', events: [{ eventBridge: {} }] },
    },
    provider: { compiledCloudFormationTemplate: template },
  };
  const { hooks } = new Riposte({
    service,
    getProvider: () => ({ getStage: () => 'dev', getRegion: () => 'eu-west-1' }),
    configSchemaHandler: { defineCustomProperties: (schema) => schemas.push(schema) },
  });
  return { template, schemas, service, run: (hook: string) => hooks[hook]?.() };
}

describe('the plugin', () => {
  it('knows its settings, so that a wrong one is told', () => {
    expect(installed().schemas).toEqual([
      expect.objectContaining({
        properties: {
          riposte: expect.objectContaining({
            required: ['alarmTopic'],
            additionalProperties: false,
          }),
        },
      }),
    ]);
  });

  it('gives defaults before anything reads the configuration', () => {
    const { service, run } = installed();
    run(initialize);
    expect(service.functions['restart-trail']?.iamRoleStatementsName).toBe(
      'riposte-guard-dev-restart-trail-euw1',
    );
  });

  it('gives each function a queue that keeps for a fortnight, with alarms to the topic', () => {
    const { template, run } = installed();
    run(functions);
    const { RestartTrailDlq, RestartTrailDlqAlarm, RestartTrailErrorsAlarm } = template.Resources;
    expect(RestartTrailDlq?.Properties).toEqual({
      QueueName: 'riposte-guard-dev-restart-trail-dlq',
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
    expect(RestartTrailDlqAlarm?.Properties).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [
        { Name: 'QueueName', Value: { 'Fn::GetAtt': ['RestartTrailDlq', 'QueueName'] } },
      ],
      AlarmActions: [{ Ref: 'Topic' }],
    });
    expect(RestartTrailErrorsAlarm?.Properties).toMatchObject({
      MetricName: 'Errors',
      AlarmActions: [{ Ref: 'Topic' }],
    });
  });

  it("mends the template after the service's own resources are in it", () => {
    const { template, run } = installed();
    template.Resources.IamRoleLambdaExecution = { Type: 'AWS::IAM::Role', Properties: {} };
    run(merged);
    expect(template.Resources).toEqual({});
  });

  it('says after removing what is kept, where something is', () => {
    const told: string[] = [];
    const remove = (resources: readonly object[]) => {
      const { service } = installed();
      const getProvider = () => ({ getStage: () => 'dev', getRegion: () => 'eu-west-1' });
      const log = { notice: (text: string) => void told.push(text) };
      const serverless = { service: { ...service, resources }, getProvider };
      new Riposte(serverless, {}, { log }).hooks[removed]?.();
    };
    const kept = { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' };
    remove([{ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } }, { Outputs: {} }]);
    expect(told).toEqual([]);
    remove([{ Resources: { Bucket: kept } }, { Resources: { Table: { ...kept, Type: 'T' } } }]);
    expect(told).toEqual(['Kept, where it was made: Bucket (AWS::S3::Bucket), Table (T)']);
  });

  it('says nothing after removing a service without resources, or to nobody', () => {
    const { run } = installed();
    expect(() => run(removed)).not.toThrow();
  });

  it('works with a framework that checks no settings', () => {
    const getProvider = () => ({ getStage: () => 'dev', getRegion: () => 'eu-west-1' });
    const { hooks } = new Riposte({ service: { functions: {} }, getProvider });
    expect(Object.keys(hooks)).toEqual([initialize, functions, merged, removed]);
  });
});
