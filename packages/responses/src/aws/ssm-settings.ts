import { GetParametersCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { Clock, Settings } from '../ports.ts';
import { type ParsedSettings, parseSettings } from '../read-settings.ts';

/** Where the settings and the switch are, and how long a reading counts (at most 60 s). */
export interface SsmSettingsOptions {
  readonly client: SSMClient;
  readonly settingsParameter: string;
  readonly switchParameter: string;
  readonly clock: Clock;
  readonly ttlMs?: number;
  /** Kinds that modes may be set for; any where absent. */
  readonly kinds?: readonly string[];
}

/**
 * `Settings` in Parameter Store: both parameters in one call. A reading that failed is not kept.
 *
 * @example
 * const settings = ssmSettings({ client, settingsParameter, switchParameter, clock: () => new Date() });
 */
export function ssmSettings(options: SsmSettingsOptions): Settings {
  const ttlMs = options.ttlMs ?? 60_000;
  let held: { readonly at: number; readonly reading: ParsedSettings } | undefined;
  return {
    async read() {
      const now = options.clock().getTime();
      if (held && now - held.at < ttlMs) return held.reading;
      const reading = await readNow(options);
      held = reading.readable ? { at: now, reading } : undefined;
      return reading;
    },
  };
}

async function readNow({
  client,
  settingsParameter,
  switchParameter,
  kinds,
}: SsmSettingsOptions): Promise<ParsedSettings> {
  try {
    const { Parameters = [] } = await client.send(
      new GetParametersCommand({ Names: [settingsParameter, switchParameter] }),
    );
    const textOf = (name: string) => Parameters.find(({ Name }) => Name === name)?.Value;
    return parseSettings(textOf(settingsParameter), textOf(switchParameter), kinds);
  } catch (error) {
    return { readable: false, reason: error instanceof Error ? error.name : 'unknown error' };
  }
}
