import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ResponseRecord } from '@riposte/findings';
import { AccessRefusedError, ServiceFailedError } from '@riposte/remediations';
import { type ActWorld, actWorld, bucket, finding, queue } from '../testing/act-world.ts';

let world: ActWorld;

beforeEach(() => {
  world = actWorld();
});

const tag = { tag: { tags: { reviewed: 'no', owner: 'payments' } } };
const isolate = {
  automation: { document: 'Isolate', parameters: { InstanceId: 'i-1', Subnets: ['a', 'b'] } },
};
const one = { document: { Resources: [{ Id: bucket, Type: 'AwsS3Bucket' }] } };
const recordsHeld = () => [...world.records.held.values()];
const onlyRecord = (): ResponseRecord => {
  const [record, more] = recordsHeld();
  if (!record || more) throw new RangeError(`${recordsHeld().length} records`);
  return record;
};
const later = (seconds: number) => {
  world.now = new Date(world.now.getTime() + seconds * 1000);
};

describe('a rule that tags', () => {
  it('leaves a record with the tags before and after, the calls, the proof and the way back', async () => {
    world.tags.held.set(bucket, { owner: 'red', team: 'blue' });
    expect(await world.run(tag, one)).toBe('done');
    expect(world.tags.held.get(bucket)).toEqual({ ...tag.tag.tags, team: 'blue' });
    expect(onlyRecord()).toEqual({
      schemaVersion: 1,
      id: expect.stringMatching(/^inc-[0-9a-f]{20}$/),
      service: 'finding-router',
      kind: 'resource-tagged',
      status: 'verified',
      revision: 1,
      mode: 'enforce',
      trigger: {
        path: 'rule',
        eventId: 'rpm-1',
        eventName: 'pack/rule',
        receivedAt: '2026-11-25T10:00:00.000Z',
      },
      finding: { format: 'asff', id: 'finding-1', accountId: '123456789012', region: 'eu-west-1' },
      resource: {
        arn: bucket,
        type: 'AwsS3Bucket',
        accountId: '123456789012',
        region: 'eu-west-1',
        partition: 'aws',
      },
      plan: [
        expect.objectContaining({ what: 'tag reviewed', before: undefined, after: 'no' }),
        expect.objectContaining({ what: 'tag owner', before: 'red', after: 'payments' }),
      ],
      calls: [
        { operation: 'tag:TagResources', at: world.now.toISOString() },
        { operation: 'tag:GetResources', at: world.now.toISOString() },
      ],
      before: { owner: 'red', team: 'blue' },
      after: { reviewed: 'no', owner: 'payments', team: 'blue' },
      verification: {
        verified: true,
        at: world.now.toISOString(),
        evidence: 'GetResources: reviewed, owner as wanted',
      },
      undo: {
        possible: true,
        how: 'sets back tag reviewed, tag owner, unless somebody has changed it since',
      },
      times: expect.objectContaining({ applied: world.now.toISOString() }),
    });
    expect(world.records.messages).toEqual([]);
  });

  it('leaves one for each resource that the finding names by its ARN', async () => {
    expect(await world.run(tag)).toBe('done');
    expect(recordsHeld().map(({ resource, status }) => [resource.arn, status])).toEqual([
      [bucket, 'verified'],
      [queue, 'verified'],
    ]);
  });

  it('reads the tags before it claims, and claims before it writes', async () => {
    world.tags.before = () => {
      expect(onlyRecord()).toMatchObject({ status: 'claimed', before: {} });
    };
    await world.run(tag, one);
    expect(world.tags.calls).toEqual(['GetResources', 'TagResources', 'GetResources']);
  });

  it('neither tags nor records again when its command comes twice', async () => {
    await world.run(tag, one);
    await world.tags.change(bucket, { set: { owner: 'ann' }, remove: [] });
    world.workflow = 'RESOLVED';
    const calls = world.tags.calls.length;
    expect(await world.run(tag, one)).toBe('duplicate');
    expect(world.tags.calls).toHaveLength(calls);
    expect(onlyRecord().revision).toBe(1);
  });

  it('records nothing where the tags are there already', async () => {
    world.tags.held.set(bucket, { ...tag.tag.tags });
    expect(await world.run(tag, one)).toBe('done');
    expect(recordsHeld()).toEqual([]);
    expect(world.tags.calls).toEqual(['GetResources']);
  });

  it('reads back again while the index behind the API is behind', async () => {
    world.tags.before = () => {
      world.tags.staleReads = 2;
    };
    await world.run(tag, one);
    expect(onlyRecord()).toMatchObject({ status: 'verified', calls: { length: 4 } });
  });

  it('comes again while it is not proven, and is told and given up after ten times', async () => {
    world.tags.before = () => {
      world.tags.staleReads = 3;
    };
    await expect(world.run(tag, one)).rejects.toMatchObject({
      name: 'ActionUnprovenError',
      retryable: true,
    });
    expect(onlyRecord().status).toBe('claimed');
    later(6);
    world.tags.held.clear();
    await expect(world.run(tag, one, 10)).rejects.toMatchObject({ retryable: false });
    expect(onlyRecord()).toMatchObject({
      status: 'failed',
      verification: { verified: false },
      before: {},
      message: { subject: expect.stringContaining('FAILED: tags were not set on reports') },
    });
  });

  it('says what AWS refuses in a record and to people, and does it when the command is sent again', async () => {
    world.tags.before = () => {
      throw new AccessRefusedError(bucket, 'AccessDeniedException');
    };
    await expect(world.run(tag, one)).rejects.toMatchObject({ name: 'AccessRefusedError' });
    expect(onlyRecord()).toMatchObject({
      status: 'failed',
      revision: 1,
      reason: expect.stringContaining('AccessDeniedException'),
      calls: [{ operation: 'tag:TagResources', error: 'AccessRefusedError' }],
      message: { body: expect.stringContaining('riposte deliveries redrive --function act') },
    });
    world.tags.before = undefined;
    expect(await world.run(tag, one)).toBe('done');
    const { message, reason, ...record } = onlyRecord();
    expect([message, reason]).toEqual([undefined, undefined]);
    expect(record).toMatchObject({ status: 'verified', revision: 2, calls: { length: 3 } });
    expect(world.records.messages).toHaveLength(1);
  });

  it('leaves it claimed while AWS has trouble, and tells people once when that lasts', async () => {
    world.tags.before = () => {
      throw new ServiceFailedError(bucket, 'InternalServiceException');
    };
    for (const [receiveCount, status] of [
      [1, 'claimed'],
      [10, 'failed'],
      [11, 'failed'],
    ] as const) {
      later(6);
      await expect(world.run(tag, one, receiveCount)).rejects.toThrow('InternalService');
      expect(onlyRecord().status).toBe(status);
    }
    expect(world.records.messages).toHaveLength(1);
    world.tags.before = undefined;
    await world.run(tag, one, 12);
    expect(onlyRecord()).toMatchObject({ status: 'verified', revision: 2 });
  });

  it('tags the others when one cannot be tagged', async () => {
    world.tags.before = () => {
      world.tags.before = undefined;
      throw new AccessRefusedError(bucket, 'AccessDeniedException');
    };
    await expect(world.run(tag)).rejects.toThrow(bucket);
    expect(recordsHeld().map(({ status }) => status)).toEqual(['failed', 'verified']);
    expect(await world.run(tag)).toBe('done');
    expect(recordsHeld().map(({ revision }) => revision)).toEqual([2, 1]);
  });

  it('carries on where a function died, with the tags as they were before it', async () => {
    const { conclude } = world.records;
    const dies = { ...world.ports.records, conclude: () => Promise.reject(new Error('died')) };
    Object.assign(world.ports, { records: dies });
    await expect(world.run(tag, one)).rejects.toThrow('died');
    Object.assign(world.ports, { records: { ...dies, conclude } });
    await expect(world.run(tag, one)).rejects.toMatchObject({
      name: 'ActionUnderWayError',
      retryAfterSeconds: 5,
    });
    later(6);
    expect(await world.run(tag, one)).toBe('done');
    expect(onlyRecord()).toMatchObject({ status: 'verified', revision: 1, before: {} });
    expect(onlyRecord().plan).toHaveLength(2);
  });

  it('says that it may have been made where a function died and changes are withheld by now', async () => {
    const { conclude } = world.records;
    const dies = { ...world.ports.records, conclude: () => Promise.reject(new Error('died')) };
    Object.assign(world.ports, { records: dies });
    await expect(world.run(tag, one)).rejects.toThrow('died');
    Object.assign(world.ports, { records: { ...dies, conclude } });
    world.settings.change({ modes: { 'pack/rule': 'notify' } });
    later(6);
    expect(await world.run(tag, one)).toBe('withheld');
    expect(onlyRecord()).toMatchObject({
      status: 'told',
      reason: expect.stringContaining('may have made it'),
      undo: { possible: true },
    });
  });

  it('refuses where no resource has an ARN', async () => {
    await expect(world.run(tag, { document: {} })).rejects.toThrow('names no resource');
    expect(recordsHeld()).toEqual([]);
  });

  it('knows resources of OCSF by either of their ids', async () => {
    const resources = [
      { uid: 'reports', uid_alt: bucket, type: 'AWS::S3::Bucket' },
      { uid: queue },
    ];
    await world.run(tag, { document: { resources } });
    expect(recordsHeld().map(({ resource }) => [resource.arn, resource.type])).toEqual([
      [bucket, 'AWS::S3::Bucket'],
      [queue, 'Other'],
    ]);
  });
});

describe('a rule that starts a document', () => {
  it('leaves a record that says started, how to look at it, and that it is not taken back from here', async () => {
    expect(await world.run(isolate)).toBe('done');
    expect(world.started).toEqual([
      {
        document: 'Isolate',
        parameters: { InstanceId: ['i-1'], Subnets: ['a', 'b'] },
        token: 'rpm-1',
      },
    ]);
    expect(onlyRecord()).toMatchObject({
      kind: 'automation-started',
      status: 'verified',
      resource: { arn: finding.resource },
      plan: [{ operation: 'ssm:StartAutomationExecution', reversible: false }],
      after: { executionId: 'exec-1', status: 'InProgress' },
      verification: { verified: true, evidence: expect.stringMatching(/^started: /) },
      approver: 'the deployment, by its parameter automationDocuments',
      undo: {
        possible: false,
        how: expect.stringContaining('--automation-execution-id exec-1 --region eu-west-1'),
      },
    });
    expect(onlyRecord().verification?.evidence).not.toMatch(/fixed|mended|repaired/);
  });

  it('starts nothing again when its command comes twice', async () => {
    await world.run(isolate);
    expect(await world.run(isolate)).toBe('duplicate');
    expect(world.started).toHaveLength(1);
  });

  it('starts nothing again where only reading back has failed', async () => {
    world.failRead = () => {
      throw new TypeError('away');
    };
    await expect(world.run(isolate, {}, 10)).rejects.toThrow('exec-1, which could not be read');
    expect(onlyRecord()).toMatchObject({ status: 'failed', after: { executionId: 'exec-1' } });
    world.failRead = undefined;
    expect(await world.run(isolate)).toBe('done');
    expect(world.started).toHaveLength(1);
    expect(onlyRecord()).toMatchObject({ status: 'verified', revision: 2 });
  });

  it('starts a document without parameters for a finding without a resource', async () => {
    const nameless = { finding: { ...finding, resource: '' } };
    await world.run({ automation: { document: 'Isolate' } }, nameless);
    expect(world.started).toMatchObject([{ parameters: {} }]);
    expect(onlyRecord().resource).toMatchObject({ arn: 'AWS::::Account:123456789012' });
  });

  it('starts documents of the list only', async () => {
    const other = { automation: { document: 'AWS-RunShellScript' } };
    await expect(world.run(other)).rejects.toThrow('AWS-RunShellScript is not on the list');
    expect(world.started).toEqual([]);
  });
});

describe('changes that are withheld', () => {
  it.each([
    ['dry-run', 'planned', tag],
    ['notify', 'told', tag],
    ['dry-run', 'planned', isolate],
  ] as const)('in mode %s leave a record that is %s: %j', async (mode, status, action) => {
    world.settings.change({ modes: { 'pack/rule': mode } });
    expect(await world.run(action, one)).toBe('withheld');
    expect(onlyRecord()).toMatchObject({
      status,
      mode,
      revision: 1,
      reason: `mode of pack/rule is ${mode}`,
      undo: { possible: false, how: 'Nothing was changed, so there is nothing to undo.' },
    });
    expect(onlyRecord().plan.length).toBeGreaterThan(0);
    expect([world.tags.held.size, world.started.length]).toEqual([0, 0]);
    expect(await world.run(action, one)).toBe('duplicate');
  });

  it('in mode off leave none', async () => {
    world.settings.change({ modes: { 'pack/rule': 'off' } });
    expect(await world.run(tag, one)).toBe('withheld');
    expect(recordsHeld()).toEqual([]);
  });

  it('leave an exempt resource alone, and not the others', async () => {
    world.settings.change({ exemptResources: [queue] });
    expect(await world.run(tag)).toBe('done');
    expect(recordsHeld().map(({ status, reason }) => [status, reason])).toEqual([
      ['verified', undefined],
      ['told', `${queue} is exempt`],
    ]);
  });

  it('while the switch is on wait for a person, and leave no record before', async () => {
    world.settings.turnSwitch('changes-stopped');
    for (const action of [tag, isolate]) {
      await expect(world.run(action, one)).rejects.toMatchObject({ name: 'ChangesStoppedError' });
    }
    world.settings.turnSwitch('changes-allowed');
    expect(recordsHeld()).toEqual([]);
    expect(await world.run(tag, one)).toBe('done');
  });

  it('are no failure where they would be refused', async () => {
    world.settings.change({ modes: { 'pack/rule': 'dry-run' } });
    const elsewhere = { finding: { ...finding, accountId: '999999999999' } };
    expect(await world.run(tag, elsewhere)).toBe('withheld');
    world.settings.change({ modes: {} });
    await expect(world.run(tag, elsewhere)).rejects.toThrow('use a remediation');
    await expect(world.run(isolate, elsewhere)).rejects.toThrow('use a remediation');
  });

  it('are not made up for where they have failed before', async () => {
    world.tags.before = () => {
      throw new AccessRefusedError(bucket, 'AccessDeniedException');
    };
    await expect(world.run(tag, one)).rejects.toThrow(bucket);
    world.settings.change({ modes: { 'pack/rule': 'notify' } });
    expect(await world.run(tag, one)).toBe('withheld');
    expect(onlyRecord()).toMatchObject({ status: 'failed', revision: 1 });
  });

  it('are not made for a finding that is closed or gone meanwhile', async () => {
    world.workflow = 'SUPPRESSED';
    await expect(world.run(tag, one)).rejects.toThrow('its workflow is SUPPRESSED');
    world.workflow = undefined;
    await expect(world.run(isolate)).rejects.toThrow('it is not there any more');
    expect(recordsHeld()).toEqual([]);
  });
});
