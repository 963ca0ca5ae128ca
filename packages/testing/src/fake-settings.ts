import type { ServiceSettings, Settings, SwitchState } from '@riposte/responses';

/** Settings in memory that a test turns. */
export interface FakeSettings extends Settings {
  change(settings: Partial<ServiceSettings>): void;
  turnSwitch(state: SwitchState): void;
  /** From now on they cannot be read. */
  breakWith(reason: string): void;
}

/** No modes, no exemptions, changes allowed; readable until told otherwise. */
export function fakeSettings(initial: Partial<ServiceSettings> = {}): FakeSettings {
  let settings: ServiceSettings = {
    modes: {},
    exemptPrincipals: [],
    exemptResources: [],
    ...initial,
  };
  let state: SwitchState = 'changes-allowed';
  let broken: string | undefined;
  return {
    change: (changes) => {
      settings = { ...settings, ...changes };
    },
    turnSwitch: (turned) => {
      state = turned;
    },
    breakWith: (reason) => {
      broken = reason;
    },
    read: async () =>
      broken === undefined
        ? { readable: true, settings, switch: state }
        : { readable: false, reason: broken },
  };
}
