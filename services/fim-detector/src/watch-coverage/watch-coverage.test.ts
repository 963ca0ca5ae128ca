import { describe, expect, it } from '@jest/globals';
import { expectedSync, watchEnvironment } from './config.ts';
import { observing, watchCoverage } from './watch-coverage.ts';

describe('watchCoverage', () => {
  it('lets a part that fails stop no other, and fails at the end (O3)', async () => {
    const ran: string[] = [];
    const step = (name: string, failure?: Error) => ({
      name,
      async run() {
        ran.push(name);
        if (failure) throw failure;
        return {};
      },
    });
    const steps = [step('bucket', new Error('denied')), step('nodes'), step('gaps')];
    await expect(watchCoverage(steps)).rejects.toThrow('denied');
    expect(ran).toEqual(['bucket', 'nodes', 'gaps']);
  });

  it('tells of what a part sees', async () => {
    const observation = { found: [], judges: () => true, isWhole: false };
    const step = observing(
      'nodes',
      async () => observation,
      async () => 2,
    );
    expect(await step.run()).toEqual({ found: 0, told: 2, isWhole: false });
  });
});

describe('watchEnvironment', () => {
  const environment = {
    RIPOSTE_FUNCTION: 'watch-coverage',
    ALERTS_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111122223333:alerts',
    AWS_REGION: 'eu-west-1',
    RIPOSTE_STAGE: 'dev',
    DLQ_URL: 'https://dlq',
    MAXIMUM_CONCURRENCY: '1',
    DETECTOR_QUEUE_URL: 'https://queue',
    DETECTOR_DLQ_URL: 'https://compare-dlq',
    FIM_TABLE_NAME: 'fim',
    INVENTORY_BUCKET_NAME: 'inventories',
  };

  it.each([
    ['30', 30],
    ['rate(30 minutes)', 30],
    ['rate(1 hour)', 60],
    ['rate(2 days)', 2_880],
  ])('reads the interval %s', (INVENTORY_INTERVAL, minutes) => {
    expect(watchEnvironment.parse({ ...environment, INVENTORY_INTERVAL }).INVENTORY_INTERVAL).toBe(
      minutes * 60_000,
    );
  });

  it.each(['cron(0 * * * ? *)', 'rate(2 moons)', ''])(
    'refuses the interval %s',
    (INVENTORY_INTERVAL) => {
      expect(watchEnvironment.safeParse({ ...environment, INVENTORY_INTERVAL }).success).toBe(
        false,
      );
    },
  );

  it.each([
    [{}, ''],
    [{ CREATE_INVENTORY: 'true' }, 'riposte-fim-detector-dev'],
    [{ CREATE_INVENTORY: 'false', SYNC_NAME: 'theirs' }, 'theirs'],
  ])('expects with %j the sync "%s"', (changes, name) => {
    expect(expectedSync(watchEnvironment.parse({ ...environment, ...changes }))).toBe(name);
  });
});
