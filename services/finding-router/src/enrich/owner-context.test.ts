import { describe, expect, it } from '@jest/globals';
import { parseAsffFinding } from '@riposte/findings';
import type { OwnershipEntry } from '@riposte/rules';
import { asffFinding } from '@riposte/testing';
import { cachedUnits } from './cached-units.ts';
import { ownerContext } from './owner-context.ts';
import type { LiveTags, OrganizationalUnits } from './ports.ts';

const bucket = 'arn:aws:s3:::payments-prod';

function finding(...tags: readonly Readonly<Record<string, string>>[]) {
  const Resources = tags.map((Tags, index) => ({
    Type: 'AwsS3Bucket',
    Id: index === 0 ? bucket : `${bucket}-${index}`,
    Tags,
  }));
  return parseAsffFinding(asffFinding({ Resources }));
}

function liveTags(tags: Readonly<Record<string, string>>): LiveTags & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    of: async (arns) => {
      asked.push(...arns);
      return new Map([[bucket, tags]]);
    },
  };
}

const deniedTags: LiveTags = {
  of: () => Promise.reject(Object.assign(new Error('secret words'), { name: 'AccessDenied' })),
};

const everyone: OwnershipEntry = { owner: 'cloud-team', team: 'platform' };

describe('ownerContext', () => {
  it('takes tags of the finding before live tags before the ownership file, field by field', async () => {
    const live = liveTags({ team: 'live-team', Env: 'prod', Owner: 'live-owner' });
    const ownership = [{ ...everyone, environment: 'test', dataClassification: 'internal' }];
    expect(await ownerContext(finding({ Owner: 'ann' }), { ownership, liveTags: live })).toEqual({
      owner: 'ann',
      team: 'live-team',
      environment: 'prod',
      dataClassification: 'internal',
      tags: { team: 'live-team', Env: 'prod', Owner: 'live-owner' },
      origins: {
        owner: 'finding tag',
        team: 'live tag',
        environment: 'live tag',
        dataClassification: 'ownership file',
      },
      problems: [],
    });
  });

  it('asks for no live tags where the finding says everything', async () => {
    const live = liveTags({});
    const tags = { Owner: 'a', Team: 'b', Criticality: 'c', Classification: 'd', Env: 'e' };
    const context = await ownerContext(finding(tags), { ownership: [], liveTags: live });
    expect(live.asked).toEqual([]);
    expect(context).toMatchObject({ businessCriticality: 'c', environment: 'e' });
  });

  it('asks for each ARN once, and not for ids that are none', async () => {
    const live = liveTags({});
    const Resources = [{ Id: bucket }, { Id: 'i-0abc' }, { Id: bucket }];
    await ownerContext(parseAsffFinding(asffFinding({ Resources })), {
      ownership: [],
      liveTags: live,
    });
    expect(live.asked).toEqual([bucket]);
  });

  it('takes a field from the first resource that has it', async () => {
    const context = await ownerContext(finding({}, { Owner: 'bob' }, { Owner: 'carl' }), {
      ownership: [],
    });
    expect(context.owner).toBe('bob');
  });

  it('guesses nothing from the ownership file where live tags cannot be read', async () => {
    const context = await ownerContext(finding({ Team: 'blue' }), {
      ownership: [everyone],
      liveTags: deniedTags,
    });
    expect(context).toEqual({
      team: 'blue',
      unknown: ['owner', 'businessCriticality', 'dataClassification', 'environment'],
      origins: { team: 'finding tag' },
      problems: ['tags could not be read (AccessDenied)'],
    });
  });

  it('reads the tag keys that it is told', async () => {
    const none: readonly string[] = [];
    const tagKeys = {
      owner: ['kontakt'],
      team: none,
      businessCriticality: none,
      dataClassification: none,
      environment: none,
    };
    const tags = { Kontakt: 'ann', Team: 'blue' };
    expect(await ownerContext(finding(tags), { ownership: [], tagKeys })).toMatchObject({
      owner: 'ann',
    });
    expect((await ownerContext(finding(tags), { ownership: [], tagKeys })).team).toBeUndefined();
  });

  it('cuts what no AWS tag could hold', async () => {
    const { owner } = await ownerContext(finding({ Owner: 'x'.repeat(5000) }), { ownership: [] });
    expect(owner).toHaveLength(256);
  });
});

describe('entries of the ownership file', () => {
  it.each<[string, OwnershipEntry, string | undefined]>([
    ['every finding', {}, 'ann'],
    ['its account', { accounts: ['123456789012'] }, 'ann'],
    ['another account', { accounts: ['999999999999'] }, undefined],
    ['a pattern of the ARN', { resources: ['arn:*:s3:::payments-*'] }, 'ann'],
    ['another ARN', { resources: ['arn:*:s3:::hr-*'] }, undefined],
    ['a tag', { tags: { app: ['shop', 'pay'] } }, 'ann'],
    ['any value of a tag', { tags: { app: '*' } }, 'ann'],
    ['another value', { tags: { app: 'hr' } }, undefined],
    ['a member of every object', { tags: { constructor: '*' } }, undefined],
    ['tag and ARN of different resources', { resources: ['*-1'], tags: { app: 'pay' } }, undefined],
    ['account, but not ARN', { accounts: ['123456789012'], resources: ['x'] }, undefined],
  ])('are held against %s', async (_, entry, owner) => {
    const context = await ownerContext(finding({ app: 'pay' }, {}), {
      ownership: [{ ...entry, owner: 'ann' }],
    });
    expect(context.owner).toBe(owner);
  });

  it('count in their order, field by field', async () => {
    const ownership = [{ team: 'first' }, { owner: 'second', team: 'second' }];
    expect(await ownerContext(finding({}), { ownership })).toMatchObject({
      team: 'first',
      owner: 'second',
    });
  });
});

describe('organizational units', () => {
  const payments: OwnershipEntry = { organizationalUnits: ['ou-pay'], owner: 'pay' };
  const units = (...above: readonly string[]): OrganizationalUnits => ({ of: async () => above });

  it('hold for accounts anywhere below', async () => {
    const organizationalUnits = units('ou-leaf', 'ou-pay', 'r-root');
    const sources = { ownership: [payments, everyone], organizationalUnits };
    expect((await ownerContext(finding({}), sources)).owner).toBe('pay');
  });

  it('do not fit accounts elsewhere', async () => {
    const sources = { ownership: [payments, everyone], organizationalUnits: units('ou-hr') };
    expect((await ownerContext(finding({}), sources)).owner).toBe('cloud-team');
  });

  it.each<[string, OrganizationalUnits | undefined]>([
    ['could not be read (Error)', { of: () => Promise.reject(new Error('down')) }],
    ['could not be read (unknown error)', { of: () => Promise.reject('down') }],
    ['are not read in this deployment', undefined],
  ])(
    'that %s leave the fields of their entry unknown, not those of others',
    async (words, port) => {
      const context = await ownerContext(finding({}), {
        ownership: [payments, payments, everyone],
        ...(port && { organizationalUnits: port }),
      });
      expect(context).toEqual({
        team: 'platform',
        unknown: ['owner'],
        origins: { team: 'ownership file' },
        problems: [`organizational units ${words}`],
      });
    },
  );

  it('are asked for once an hour and account, and again after an error', async () => {
    let now = 0;
    let fails = true;
    const asked: string[] = [];
    const cached = cachedUnits(
      {
        of: async (accountId) => {
          asked.push(accountId);
          if (fails) throw new Error('down');
          return ['ou-1'];
        },
      },
      () => now,
    );
    await expect(cached.of('1')).rejects.toThrow('down');
    fails = false;
    expect(await cached.of('1')).toEqual(['ou-1']);
    await cached.of('1');
    now = 3_600_001;
    await cached.of('1');
    expect(asked).toEqual(['1', '1', '1']);
  });
});
