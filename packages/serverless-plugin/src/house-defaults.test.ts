import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import type { FunctionDefinition, Service } from './types.ts';

interface Names {
  readonly service: string;
  readonly stage: string;
  readonly region: string;
}

const defaults: {
  applyHouseDefaults(service: Service, names: Names): void;
  shortRegion(region: string): string;
} = createRequire(import.meta.url)('./house-defaults.cjs');

const names: Names = { service: 'riposte-guard', stage: 'dev', region: 'eu-west-1' };

function given(definition: FunctionDefinition, custom: Service['custom'] = {}) {
  defaults.applyHouseDefaults({ functions: { 'restart-trail': definition }, custom }, names);
  return definition;
}

const queueArn = { 'Fn::GetAtt': ['RestartTrailDlq', 'Arn'] };

describe('a function of a service', () => {
  it('knows its name and its queue', () => {
    expect(given({ environment: { TABLE: 't' } }).environment).toEqual({
      RIPOSTE_FUNCTION: 'restart-trail',
      DLQ_URL: { Ref: 'RestartTrailDlq' },
      TABLE: 't',
    });
  });

  it('keeps what it says itself', () => {
    const own: FunctionDefinition = {
      environment: { DLQ_URL: 'other' },
      iamRoleStatements: [{ Effect: 'Allow' }],
      iamRoleStatementsName: 'own',
      reservedConcurrency: 3,
      destinations: { onFailure: 'other' },
      events: [{ eventBridge: { retryPolicy: { maximumRetryAttempts: 1 } } }],
    };
    expect(given(structuredClone(own), { riposte: { reservedConcurrency: 9 } })).toMatchObject({
      ...own,
      events: [{ eventBridge: { retryPolicy: { maximumRetryAttempts: 1 } } }],
    });
  });

  it('has a role of its own, even where it may do nothing', () => {
    expect(given({})).toMatchObject({
      iamRoleStatements: [],
      iamRoleStatementsName: 'riposte-guard-dev-restart-trail-euw1',
    });
  });

  it('is told when the name of its role is too long', () => {
    const long = { ...names, stage: 'a-stage-with-a-name-that-nobody-needs' };
    expect(() => defaults.applyHouseDefaults({ functions: { 'restart-trail': {} } }, long)).toThrow(
      /riposte-guard-a-stage-.*-euw1 is longer than 64: choose a shorter stage/,
    );
  });
});

describe('the events of a function', () => {
  it('go to its queue when a rule cannot deliver them, and when it fails on them', () => {
    expect(given({ events: [{ eventBridge: { pattern: {} } }, undefined] })).toMatchObject({
      events: [
        {
          eventBridge: {
            deadLetterQueueArn: queueArn,
            retryPolicy: { maximumEventAge: 21600, maximumRetryAttempts: 8 },
          },
        },
        undefined,
      ],
      destinations: { onFailure: { type: 'sqs', arn: queueArn } },
    });
  });

  it('go to its queue when it fails on a stream', () => {
    const { events, destinations } = given({ events: [{ stream: {} }] });
    expect(events).toEqual([
      { stream: { destinations: { onFailure: { type: 'sqs', arn: queueArn } } } },
    ]);
    expect(destinations).toBeUndefined();
  });

  it('stay as they are where a queue has its own redrive', () => {
    const { events, destinations } = given({ events: [{ sqs: { batchSize: 10 } }] });
    expect(events).toEqual([{ sqs: { batchSize: 10 } }]);
    expect(destinations).toBeUndefined();
  });
});

describe('reserved concurrency', () => {
  it.each([
    [undefined, undefined],
    [0, undefined],
    ['0', undefined],
    ['5', 5],
  ])('of %p reserves %p', (reservedConcurrency, reserved) => {
    const riposte = reservedConcurrency === undefined ? {} : { reservedConcurrency };
    expect(given({}, { riposte }).reservedConcurrency).toBe(reserved);
  });
});

describe('a Region in short', () => {
  it.each([
    ['eu-west-1', 'euw1'],
    ['us-east-1', 'use1'],
    ['ap-southeast-1', 'apse1'],
    ['ap-northeast-3', 'apne3'],
    ['ca-central-1', 'cac1'],
    ['cn-northwest-1', 'cnnw1'],
    ['me-south-1', 'mes1'],
    ['us-gov-west-1', 'usgw1'],
    ['eusc-de-east-1', 'euscdee1'],
  ])('writes %s as %s', (region, short) => {
    expect(defaults.shortRegion(region)).toBe(short);
  });

  it('tells the Regions of a partition apart', () => {
    const directions = ['east', 'west', 'north', 'south', 'central'];
    const both = ['northeast', 'northwest', 'southeast', 'southwest'];
    const areas = ['us', 'eu', 'ap', 'af', 'ca', 'cn', 'il', 'me', 'mx', 'sa'];
    const regions = areas.flatMap((area) =>
      [...directions, ...both].flatMap((word) => [`${area}-${word}-1`, `${area}-${word}-2`]),
    );
    expect(new Set(regions.map(defaults.shortRegion)).size).toBe(regions.length);
  });
});
