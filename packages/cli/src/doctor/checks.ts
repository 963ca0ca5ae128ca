import type { Check } from './check.ts';
import { baselinesCheck } from './checks/baselines.ts';
import { concurrencyCheck } from './checks/concurrency.ts';
import { forwarderCheck, memberRoleCheck } from './checks/coverage.ts';
import { guardDutyCheck, securityHubCheck } from './checks/senses.ts';
import { settingsCheck } from './checks/settings.ts';
import { exportsCheck, stacksCheck } from './checks/stacks.ts';
import { deadLettersCheck, logRetentionCheck } from './checks/storage.ts';
import { subscriptionsCheck } from './checks/subscriptions.ts';

/** Everything that `riposte doctor` looks at, in the order in which it is told. */
export const allChecks: readonly Check[] = [
  stacksCheck,
  exportsCheck,
  settingsCheck,
  subscriptionsCheck,
  concurrencyCheck,
  baselinesCheck,
  forwarderCheck,
  memberRoleCheck,
  securityHubCheck,
  guardDutyCheck,
  deadLettersCheck,
  logRetentionCheck,
];
