import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseSettings } from './index.ts';

const settings = { modes: {}, exemptPrincipals: [], exemptResources: [] };

describe('parseSettings', () => {
  it('reads settings and switch', () => {
    const given = {
      modes: { 'trail-stopped': 'notify' },
      exemptPrincipals: ['a'],
      exemptResources: ['b'],
    };
    expect(parseSettings(JSON.stringify(given), 'off')).toEqual({
      readable: true,
      settings: given,
      switch: 'changes-allowed',
    });
  });

  it('takes what is left out for nothing', () => {
    expect(parseSettings('{}', 'on')).toEqual({
      readable: true,
      settings,
      switch: 'changes-stopped',
    });
  });

  it('reads a file that an editor began with a byte order mark', () => {
    expect(parseSettings('\ufeff{}', 'off').readable).toBe(true);
  });

  it.each([
    ['settings parameter is missing', undefined, 'off'],
    ['kill switch is neither on nor off', '{}', undefined],
    ['kill switch is neither on nor off', '{}', 'ON'],
    ['kill switch is neither on nor off', '{}', ''],
    [expect.stringContaining('settings are wrong at (root)'), 'not JSON', 'off'],
    [expect.stringContaining('settings are wrong at (root)'), '[]', 'off'],
    [expect.stringContaining('settings are wrong at (root)'), '{"mode":{}}', 'off'],
    [
      expect.stringContaining('settings are wrong at modes.trail-stopped'),
      '{"modes":{"trail-stopped":"on"}}',
      'off',
    ],
    [
      expect.stringContaining('settings are wrong at exemptPrincipals.1'),
      '{"exemptPrincipals":["a",5]}',
      'off',
    ],
  ])('is unreadable and says %s', (reason, text, killSwitch) => {
    expect(parseSettings(text, killSwitch)).toEqual({ readable: false, reason });
  });

  it('takes no mode for a kind that is not known, and says which are', () => {
    const text = '{"modes":{"trail-stopped":"enforce","trail-stoped":"off"}}';
    expect(parseSettings(text, 'off', ['trail-stopped'])).toEqual({
      readable: false,
      reason: 'settings are wrong at modes.trail-stoped: not one of trail-stopped',
    });
    expect(parseSettings(text, 'off').readable).toBe(true);
  });

  it('never throws, and allows changes only by the word off', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.string(), (text, killSwitch) => {
        const parsed = parseSettings(text, killSwitch);
        if (parsed.readable && parsed.switch === 'changes-allowed') expect(killSwitch).toBe('off');
        if (!parsed.readable) expect(parsed.reason).not.toBe('');
      }),
    );
  });
});
