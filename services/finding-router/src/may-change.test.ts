import { describe, expect, it } from '@jest/globals';
import { fakeSettings } from '@riposte/testing';
import { mayChange } from './may-change.ts';

const wish = { rules: ['pack/one', 'pack/two'], resource: 'arn:aws:s3:::reports' };

describe('mayChange', () => {
  it('is true where no setting says otherwise', async () => {
    expect(mayChange(await fakeSettings().read(), wish)).toBe(true);
  });

  it.each(['off', 'notify', 'dry-run'] as const)(
    'is false where one rule is in mode %s',
    async (mode) => {
      const settings = fakeSettings({ modes: { 'pack/two': mode } });
      expect(mayChange(await settings.read(), wish)).toBe(false);
    },
  );

  it('is false for a resource that is exempt', async () => {
    const settings = fakeSettings({ exemptResources: [wish.resource] });
    expect(mayChange(await settings.read(), wish)).toBe(false);
  });

  it('asks a person while the switch is on, or when the settings cannot be read', async () => {
    const settings = fakeSettings();
    settings.turnSwitch('changes-stopped');
    const stopped = await settings.read();
    expect(() => mayChange(stopped, wish)).toThrow('the kill switch is on');
    settings.breakWith('away');
    const unreadable = await settings.read();
    expect(() => mayChange(unreadable, wish)).toThrow('could not be read (away)');
  });
});
