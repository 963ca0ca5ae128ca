import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decideMode,
  type Mode,
  principalOf,
  type Question,
  type ServiceSettings,
} from './index.ts';

const trail = 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/main';
const admin = 'arn:aws:iam::123456789012:role/Admin';

const question: Question = {
  kind: 'trail-weakened',
  defaultMode: 'enforce',
  resourceArn: trail,
  actor: { type: 'AssumedRole', arn: `${admin}/mallory`, issuerArn: admin, sessionName: 'mallory' },
  failOpen: false,
};

function readable(
  settings: Partial<ServiceSettings> = {},
  state: 'changes-allowed' | 'changes-stopped' = 'changes-allowed',
) {
  const all = { modes: {}, exemptPrincipals: [], exemptResources: [], ...settings };
  return { readable: true, settings: all, switch: state } as const;
}

const unreadable = { readable: false, reason: 'AccessDenied' } as const;

describe('decideMode', () => {
  it('enforces by default, without a word', () => {
    expect(decideMode(readable(), question)).toEqual({ mode: 'enforce' });
  });

  it.each(['off', 'notify', 'dry-run'] as const)(
    'does what the mode %s says, and says so',
    (mode) => {
      const decision = decideMode(readable({ modes: { 'trail-weakened': mode } }), question);
      expect(decision).toEqual({ mode, reason: `mode of trail-weakened is ${mode}` });
    },
  );

  it('takes the default for kinds that the settings do not name', () => {
    const settings = readable({ modes: { 'trail-stopped': 'enforce' } });
    expect(decideMode(settings, { ...question, defaultMode: 'notify' }).mode).toBe('notify');
  });

  it('changes nothing when the settings cannot be read, and says why', () => {
    expect(decideMode(unreadable, question)).toEqual({
      mode: 'notify',
      reason: 'the settings could not be read (AccessDenied)',
    });
  });

  it('starts a stopped trail even when the settings cannot be read: the one exception', () => {
    expect(decideMode(unreadable, { ...question, failOpen: true })).toEqual({
      mode: 'enforce',
      reason:
        'the settings could not be read (AccessDenied); a stopped trail is started all the same',
    });
  });

  it('changes nothing while the kill switch is on, stopped trails included', () => {
    for (const failOpen of [false, true]) {
      expect(decideMode(readable({}, 'changes-stopped'), { ...question, failOpen })).toEqual({
        mode: 'notify',
        reason: 'the kill switch is on: no change is made',
      });
    }
  });

  it('leaves a dry run a dry run while the kill switch is on', () => {
    const settings = readable({ modes: { 'trail-weakened': 'dry-run' } }, 'changes-stopped');
    expect(decideMode(settings, question).mode).toBe('dry-run');
  });

  it('tells what exempt principals do, and changes nothing', () => {
    expect(decideMode(readable({ exemptPrincipals: [admin] }), question)).toEqual({
      mode: 'notify',
      reason: `principal ${admin} is exempt`,
    });
  });

  it('tells what happens to exempt resources, and changes nothing', () => {
    expect(decideMode(readable({ exemptResources: [trail] }), question)).toEqual({
      mode: 'notify',
      reason: `${trail} is exempt`,
    });
  });

  it.each([
    ['the session’s name', 'mallory'],
    ['the session’s ARN', `${admin}/mallory`],
    ['the type', 'AssumedRole'],
  ])('does not exempt by %s, which the caller chooses', (_what, entry) => {
    expect(decideMode(readable({ exemptPrincipals: [entry] }), question).mode).toBe('enforce');
  });

  it('exempts nobody where nobody is known', () => {
    const { actor: _, ...unknown } = question;
    expect(decideMode(readable({ exemptPrincipals: ['', 'undefined'] }), unknown).mode).toBe(
      'enforce',
    );
  });

  it('stays silent where the mode is off, exempt or not', () => {
    const off = readable({ modes: { 'trail-weakened': 'off' }, exemptResources: [trail] });
    expect(decideMode(off, question).mode).toBe('off');
  });

  it('goes as far as the mode says or less far, and then says why', () => {
    const order: readonly Mode[] = ['off', 'notify', 'dry-run', 'enforce'];
    fc.assert(
      fc.property(situation, (given) => {
        const { mode, reason } = decide(given);
        expect(order.indexOf(mode)).toBeLessThanOrEqual(
          order.indexOf(given.isReadable ? given.mode : 'enforce'),
        );
        expect(mode === 'enforce' || reason !== undefined).toBe(true);
      }),
    );
  });

  it('enforces only where it may: read, not exempt, not stopped; or the one exception', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const mayChange = given.isReadable ? !given.exempt && !given.stopped : given.failOpen;
        expect(decide(given).mode === 'enforce' && !mayChange).toBe(false);
      }),
    );
  });
});

const situation = fc.record({
  mode: fc.constantFrom<Mode>('off', 'notify', 'dry-run', 'enforce'),
  exempt: fc.boolean(),
  stopped: fc.boolean(),
  failOpen: fc.boolean(),
  isReadable: fc.boolean(),
});

function decide(given: typeof situation extends fc.Arbitrary<infer T> ? T : never) {
  const { mode, exempt, stopped, failOpen, isReadable } = given;
  const settings = readable(
    { modes: { 'trail-weakened': mode }, exemptResources: exempt ? [trail] : [] },
    stopped ? 'changes-stopped' : 'changes-allowed',
  );
  return decideMode(isReadable ? settings : unreadable, { ...question, failOpen });
}

describe('principalOf', () => {
  it.each([
    ['the role behind a session', { type: 'AssumedRole', issuerArn: admin, arn: 'x' }, admin],
    ['the role behind a federated session', { issuerArn: admin }, admin],
    [
      'a user',
      { type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/ann' },
      'arn:aws:iam::123456789012:user/ann',
    ],
    [
      'the root user',
      { type: 'Root', arn: 'arn:aws:iam::123456789012:root' },
      'arn:aws:iam::123456789012:root',
    ],
    ['nobody for a session without issuer', { type: 'AssumedRole', arn: 'x' }, undefined],
    ['nobody for a service', { type: 'AWSService', arn: 'x.amazonaws.com' }, undefined],
    ['nobody for nobody', undefined, undefined],
  ])('is %s', (_who, actor, principal) => {
    expect(principalOf(actor)).toBe(principal);
  });
});
