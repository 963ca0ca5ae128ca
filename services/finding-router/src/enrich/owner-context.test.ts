import { describe, expect, it } from '@jest/globals';
import { parseAsffFinding } from '@riposte/findings';
import { compileOwnership, type OwnershipEntry } from '@riposte/rules';
import { asffFinding } from '@riposte/testing';
import { cachedUnits } from './cached-units.ts';
import { type OwnerSources, ownerContext } from './owner-context.ts';
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

function by(...ownership: readonly OwnershipEntry[]): OwnerSources {
  return { ownersOf: compileOwnership({ ownership }) };
}

describe('ownerContext', () => {
  it('takes tags of the finding before live tags before the ownership file, field by field', async () => {
    const live = liveTags({ team: 'live-team', Env: 'prod', Owner: 'live-owner' });
    const file = by({ ...everyone, environment: 'test', dataClassification: 'internal' });
    expect(await ownerContext(finding({ Owner: 'ann' }), { ...file, liveTags: live })).toEqual({
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
    const context = await ownerContext(finding(tags), { ...by(), liveTags: live });
    expect(live.asked).toEqual([]);
    expect(context).toMatchObject({ businessCriticality: 'c', environment: 'e' });
  });

  it('asks for each ARN once, and not for ids that are none', async () => {
    const live = liveTags({});
    const Resources = [{ Id: bucket }, { Id: 'i-0abc' }, { Id: bucket }];
    await ownerContext(parseAsffFinding(asffFinding({ Resources })), {
      ...by(),
      liveTags: live,
    });
    expect(live.asked).toEqual([bucket]);
  });

  it('guesses nothing from the ownership file where live tags cannot be read', async () => {
    const context = await ownerContext(finding({ Team: 'blue' }), {
      ...by(everyone),
      liveTags: deniedTags,
    });
    expect(context).toEqual({
      team: 'blue',
      unknown: ['owner', 'businessCriticality', 'dataClassification', 'environment'],
      origins: { team: 'finding tag' },
      problems: ['tags could not be read (AccessDenied)'],
    });
  });
});

describe('organizational units', () => {
  const payments: OwnershipEntry = { organizationalUnits: ['ou-pay'], owner: 'pay' };
  const units = (...above: readonly string[]): OrganizationalUnits => ({ of: async () => above });

  it('hold for accounts anywhere below', async () => {
    const organizationalUnits = units('ou-leaf', 'ou-pay', 'r-root');
    const sources = { ...by(payments, everyone), organizationalUnits };
    expect((await ownerContext(finding({}), sources)).owner).toBe('pay');
  });

  it('do not fit accounts elsewhere', async () => {
    const sources = { ...by(payments, everyone), organizationalUnits: units('ou-hr') };
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
        ...by(payments, payments, everyone),
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
