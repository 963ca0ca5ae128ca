import type { SSMClient } from '@aws-sdk/client-ssm';
import type { Settings } from '@riposte/responses';
import { ssmSettings } from '@riposte/responses/aws/ssm-settings';
import type { UpdateConfig } from './config.ts';
import { ruleSet } from './rule-set.ts';

/**
 * Modes and the kill switch, as people have set them: modes of the rules of this deployment, and of what people do by acknowledging. A name that is none of
 * them makes the settings unreadable.
 */
export function routerSettings(
  client: SSMClient,
  config: Pick<UpdateConfig, 'SETTINGS_PARAMETER' | 'KILL_SWITCH_PARAMETER'>,
): Settings {
  const rules = ruleSet.packs.flatMap((pack) => pack.rules.map(({ id }) => id));
  return ssmSettings({
    client,
    settingsParameter: config.SETTINGS_PARAMETER,
    switchParameter: config.KILL_SWITCH_PARAMETER,
    kinds: [...rules, 'acknowledgement'],
    clock: () => new Date(),
  });
}
