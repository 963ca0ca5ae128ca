import { IAMClient, SimulateCustomPolicyCommand } from '@aws-sdk/client-iam';
import type { Stage } from '@riposte/local-stage';
import { lookSettings } from '../guard/look-settings.ts';
import { isAbout } from '../templates/match-statement.ts';
import type { Need } from './call-facts.ts';
import type { Allows } from './compare-privileges.ts';
import type { Grant } from './deployed-role.ts';

/**
 * Asks IAM's policy simulator. Statements with a condition are evaluated here: the emulator denies those whatever the context says.
 * Answers are remembered, because the same is asked many times.
 */
export function simulator(stage: Stage): { readonly allows: Allows; close(): void } {
  const iam = new IAMClient({ ...lookSettings(stage), endpoint: stage.emulatorEndpoint });
  const answers = new Map<string, Promise<boolean>>();
  const simulate = async (policy: string, { action, resource }: Need): Promise<boolean> => {
    const { EvaluationResults = [] } = await iam.send(
      new SimulateCustomPolicyCommand({
        PolicyInputList: [policy],
        ActionNames: [action],
        ResourceArns: [resource],
      }),
    );
    return EvaluationResults[0]?.EvalDecision === 'allowed';
  };
  return {
    async allows(granted, need) {
      // What allows other actions has no say.
      const grants = granted.filter(({ action }) => action === need.action);
      if (grants.length === 0) return false;
      if (grants.some((grant) => grant.condition && isAbout(statementOf(grant), asked(need)))) {
        return true;
      }
      const policy = policyOf(grants.filter(({ condition }) => !condition));
      const key = `${need.action} ${need.resource} ${policy}`;
      const answer = answers.get(key) ?? simulate(policy, need);
      answers.set(key, answer);
      return answer;
    },
    close: () => iam.destroy(),
  };
}

function policyOf(grants: readonly Grant[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: grants.map(statementOf) });
}

function statementOf({ action, resource, condition }: Grant) {
  return {
    Effect: 'Allow',
    Action: action,
    Resource: resource,
    ...(condition && { Condition: condition }),
  };
}

function asked({ action, resource, context = {} }: Need) {
  return { principal: { arn: '' }, action, resource, context };
}
