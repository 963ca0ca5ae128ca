import { describe, expect, it } from '@jest/globals';
import type { RuleQuestion } from '../model/rule-verdict.ts';
import { compileInventoryRules } from './compile-inventory-rules.ts';
import type { InventoryRule } from './inventory-rule.ts';
import { quickStartRules } from './quick-start.ts';

const rule = (more: Partial<InventoryRule> = {}): InventoryRule => ({
  id: 'one',
  type: 'AWS:File',
  include: [{ glob: '/etc/**' }],
  exclude: [],
  changes: ['created', 'modified', 'deleted'],
  severity: 'high',
  policy: 'readonly',
  ...more,
});

const entry = (attributes: Readonly<Record<string, string>>) => ({
  identity: '/etc/a',
  name: '/etc/a',
  attributes,
});

const question = (more: Partial<RuleQuestion> = {}): RuleQuestion => ({
  key: {
    prefix: '',
    type: 'AWS:File',
    account: '123456789012',
    region: 'eu-west-1',
    node: 'i-0123456789abcdef0',
  },
  name: '/etc/a',
  kind: 'modified',
  before: [entry({ Size: '10', ModificationTime: '2026-11-01T10:00:00Z' })],
  after: [entry({ Size: '20', ModificationTime: '2026-11-01T11:00:00Z' })],
  attributes: ['Size', 'ModificationTime'],
  from: '2026-11-01T09:00:00Z',
  to: '2026-11-01T12:00:00Z',
  ...more,
});

const ask = (rules: readonly InventoryRule[], asked: Partial<RuleQuestion> = {}) =>
  compileInventoryRules({ rules }).ask(question(asked));
const named = (rules: readonly InventoryRule[], asked: Partial<RuleQuestion> = {}) =>
  ask(rules, asked)?.rule;

describe('rules that are asked about a change', () => {
  it('answer with the first that names it, and its severity', () => {
    const rules = [
      rule({ id: 'other', include: [{ glob: '/srv/**' }] }),
      rule(),
      rule({ id: 'late' }),
    ];
    expect(ask(rules)).toEqual({ rule: 'one', severity: 'high' });
    expect(ask(rules, { name: '/var/x' })).toBeUndefined();
  });

  it('leave out what a rule excludes, and let later rules have it', () => {
    const rules = [
      rule({ exclude: [{ regex: '/etc/[a-c]' }] }),
      rule({ id: 'late', severity: 'low' }),
    ];
    expect(named(rules)).toBe('late');
    expect(named(rules, { name: '/etc/abc' })).toBe('one');
  });

  it('fit regular expressions to whole names, line breaks too', () => {
    const rules = [rule({ include: [{ regex: '/etc/.*\\.conf' }] })];
    expect(named(rules, { name: '/etc/a.conf' })).toBe('one');
    expect(named(rules, { name: '/etc/a.conf.bak' })).toBeUndefined();
    expect(named(rules, { name: '/srv/etc/a.conf' })).toBeUndefined();
    expect(named(rules, { name: '/etc/a\nb.conf' })).toBe('one');
  });

  it('fit regular expressions to paths of Windows in any case', () => {
    const rules = [rule({ include: [{ regex: 'C:\\\\App\\\\.*\\.exe' }] })];
    expect(named(rules, { name: 'c:\\APP\\a.EXE' })).toBe('one');
  });

  it('are asked by type', () => {
    const rules = [rule({ type: 'AWS:Service', include: [{ glob: '**' }] })];
    expect(named(rules)).toBeUndefined();
    const { key } = question();
    expect(named(rules, { key: { ...key, type: 'AWS:Service' } })).toBe('one');
  });

  it('look at kinds of changes and at attributes that differ, and pass on what is neither', () => {
    const late = rule({ id: 'late' });
    expect(named([rule({ changes: ['deleted'] }), late])).toBe('late');
    expect(named([rule({ attributes: ['FileVersion'] }), late])).toBe('late');
    expect(named([rule({ attributes: ['Size'] }), late])).toBe('one');
    expect(named([rule({ attributes: ['Size'] })], { kind: 'created', attributes: [] })).toBe(
      'one',
    );
  });

  it('keep to nodes, accounts, Regions and tags', () => {
    const scoped = (more: Partial<InventoryRule>) => named([rule(more)], { tags: { Env: 'prod' } });
    expect(scoped({ nodes: ['i-0123*'] })).toBe('one');
    expect(scoped({ nodes: ['mi-*'] })).toBeUndefined();
    expect(scoped({ accounts: ['123456789012'] })).toBe('one');
    expect(scoped({ accounts: ['210987654321'] })).toBeUndefined();
    expect(scoped({ regions: ['eu-*'] })).toBe('one');
    expect(scoped({ regions: ['us-*'] })).toBeUndefined();
    expect(scoped({ tags: { Env: ['pr*'] } })).toBe('one');
    expect(scoped({ tags: { Env: ['prod'], Team: ['*'] } })).toBeUndefined();
    expect(scoped({ tags: { constructor: ['*'] } })).toBeUndefined();
  });

  describe('where the tags of a node are not known', () => {
    const tagged = rule({ id: 'tagged', tags: { Env: ['dev'] }, severity: 'low' });

    it('believe that a rule names it, and say so', () => {
      expect(ask([tagged])).toEqual({
        rule: 'tagged',
        severity: 'low',
        unknown: "the node's tags (Env) are not known",
      });
    });

    it('take a later rule that makes more of it', () => {
      expect(ask([tagged, rule()])).toEqual({ rule: 'one', severity: 'high' });
      expect(named([tagged, rule({ severity: 'informational' })])).toBe('tagged');
    });

    it('are silenced by no rule that may not be meant', () => {
      expect(named([{ ...tagged, policy: 'ignore' }, rule()])).toBe('one');
      expect(named([tagged, rule({ policy: 'ignore' })])).toBe('tagged');
    });
  });
});

describe('the policy of a rule', () => {
  const late = rule({ id: 'late' });

  it('ignore ends the search without a word', () => {
    expect(ask([rule({ policy: 'ignore' }), late])).toBeUndefined();
  });

  it('presence tells of coming and going only', () => {
    const rules = [rule({ policy: 'presence' }), late];
    expect(ask(rules)).toBeUndefined();
    expect(named(rules, { kind: 'created', before: [] })).toBe('one');
    expect(named(rules, { kind: 'deleted', after: [] })).toBe('one');
  });

  describe('growing', () => {
    const rules = [rule({ policy: 'growing' }), late];
    const to = (attributes: Readonly<Record<string, string>>, more: Partial<RuleQuestion> = {}) =>
      named(rules, { after: [entry(attributes)], ...more });

    it('lets a file grow, and its time move on', () => {
      expect(to({ Size: '10', ModificationTime: '2026-11-01T11:00:00Z' })).toBeUndefined();
      expect(to({ Size: '99', ModificationTime: '2026-11-01T12:00:00+01:00' })).toBeUndefined();
    });

    it.each([
      ['a smaller file', { Size: '9', ModificationTime: '2026-11-01T11:00:00Z' }],
      ['an earlier time', { Size: '11', ModificationTime: '2026-11-01T10:59:59+01:00' }],
      ['a size that is no number', { Size: '1e9', ModificationTime: '2026-11-01T11:00:00Z' }],
      ['a time that is gone', { Size: '11', ModificationTime: '' }],
      ['an attribute that is gone', { Size: '11' }],
    ])('tells of %s', (_, attributes) => {
      expect(to(attributes)).toBe('one');
    });

    it('tells of other attributes, of two files of one name, and of a cut on the way', () => {
      const grown = { Size: '20', ModificationTime: '2026-11-01T11:00:00Z' };
      expect(to(grown, { attributes: ['Size', 'FileVersion'] })).toBe('one');
      expect(to(grown, { before: [entry(grown), entry(grown)] })).toBe('one');
      expect(to(grown, { signals: ['shrank'] })).toBe('one');
      expect(to(grown, { signals: ['package-updated'] })).toBeUndefined();
    });

    it('tells of coming and going', () => {
      expect(to({}, { kind: 'deleted', after: [] })).toBe('one');
    });
  });
});

describe('maintenance windows', () => {
  const maintained = (severity: InventoryRule['severity'] = 'informational') =>
    rule({
      maintenance: {
        severity,
        windows: [{ name: 'nights', timeZone: 'Europe/Berlin', from: '22:00', to: '06:00' }],
      },
    });
  const night = { from: '2026-11-01T22:00:00Z', to: '2026-11-02T04:00:00Z' };

  it('lower the severity of what changed wholly inside one', () => {
    expect(ask([maintained()], night)).toEqual({
      rule: 'one',
      severity: 'informational',
      window: 'nights',
    });
    expect(ask([maintained()], { ...night, to: '2026-11-02T05:00:01Z' })).toEqual({
      rule: 'one',
      severity: 'high',
    });
  });

  it('raise none', () => {
    expect(ask([maintained('critical')], night)).toMatchObject({ severity: 'high' });
  });

  it('hold for no change whose times cannot be read', () => {
    expect(ask([maintained()], { ...night, from: '' })).toMatchObject({ severity: 'high' });
  });
});

describe('rules with an end', () => {
  const ending = rule({ expires: '2026-12-01T00:00:00Z' });
  const at = (now: string) =>
    compileInventoryRules({ rules: [ending, rule({ id: 'late' })] }, { now: new Date(now) });

  it('do not apply from then on', () => {
    expect(at('2026-11-30T23:59:59Z').ask(question())?.rule).toBe('one');
    expect(at('2026-12-01T00:00:00Z').ask(question())?.rule).toBe('late');
  });

  it('say when the first of them ends', () => {
    expect(at('2026-11-30T00:00:00Z').until).toBe('2026-12-01T00:00:00.000Z');
    expect(at('2026-12-01T00:00:00Z').until).toBeUndefined();
  });

  it('have another digest afterwards', () => {
    expect(at('2026-12-01T00:00:00Z').digest).not.toBe(at('2026-11-30T00:00:00Z').digest);
  });
});

describe('the quick start', () => {
  it('comes before all other rules', () => {
    const quickStart = quickStartRules('/etc/a', 'LOW');
    const { ask: askAll } = compileInventoryRules(
      { rules: [rule({ policy: 'ignore' })] },
      { quickStart },
    );
    expect(askAll(question())).toEqual({ rule: 'quick-start', severity: 'low' });
    expect(askAll(question({ name: '/etc/b' }))).toBeUndefined();
  });
});

describe('the digest of rules', () => {
  const digest = (...rules: readonly InventoryRule[]) => compileInventoryRules({ rules }).digest;

  it('stays where only words and the order of equals change', () => {
    const one = rule({
      include: [{ glob: '/a' }, { glob: '/b' }],
      tags: { A: ['1', '2'], B: ['3'] },
    });
    const same = rule({
      description: 'Said.',
      include: [{ glob: '/b' }, { glob: '/a' }],
      tags: { B: ['3'], A: ['2', '1'] },
      changes: ['deleted', 'created', 'modified'],
    });
    expect(digest(one)).toBe(digest(same));
  });

  it.each<[string, Partial<InventoryRule>]>([
    ['a name', { include: [{ glob: '/srv/**' }] }],
    ['an exception', { exclude: [{ glob: '/etc/b' }] }],
    ['a severity', { severity: 'low' }],
    ['a policy', { policy: 'ignore' }],
    ['a scope', { nodes: ['i-*'] }],
    ['its id', { id: 'two' }],
  ])('changes with %s', (_, more) => {
    expect(digest(rule())).not.toBe(digest(rule(more)));
  });

  it('changes with the order of rules', () => {
    const [a, b] = [rule({ id: 'a' }), rule({ id: 'b' })];
    expect(digest(a, b)).not.toBe(digest(b, a));
  });
});
