import { accessTo } from './access.ts';
import {
  type Arrow,
  missing,
  type Permit,
  rolePermit,
  servicePermits,
  trustPermit,
} from './arrow.ts';
import { listAt, textAt } from './json.ts';
import { defaultBusStatements, resourceStatements } from './policies.ts';
import { labelOf, type Placed, placedAt, type World } from './stack.ts';

const service = 'events.amazonaws.com';

/** From a rule to its targets and to their dead-letter queues. */
export function ruleArrows(world: World, rule: Placed): readonly Arrow[] {
  return listAt(rule.resource.properties, 'Targets').flatMap((target) => {
    const deadLetters = textAt(target, 'DeadLetterConfig', 'Arn');
    return [
      targetArrow(world, rule, { arn: textAt(target, 'Arn'), roleArn: textAt(target, 'RoleArn') }),
      ...(deadLetters === '' ? [] : [queueArrow(world, rule, deadLetters)]),
    ];
  });
}

function queueArrow(world: World, rule: Placed, arn: string): Arrow {
  const queue = placedAt(world, arn);
  return {
    kind: 'rule to dead-letter queue',
    from: labelOf(rule),
    to: queue ? labelOf(queue) : arn,
    permits: queue ? sends(world, rule, queue, 'sqs:SendMessage') : [missing(arn)],
  };
}

const actions: Readonly<Record<string, { readonly kind: string; readonly action: string }>> = {
  'AWS::Lambda::Function': { kind: 'rule to function', action: 'lambda:InvokeFunction' },
  'AWS::SQS::Queue': { kind: 'rule to queue', action: 'sqs:SendMessage' },
  'AWS::SNS::Topic': { kind: 'rule to topic', action: 'sns:Publish' },
};

function targetArrow(
  world: World,
  rule: Placed,
  { arn, roleArn }: { readonly arn: string; readonly roleArn: string },
): Arrow {
  const from = labelOf(rule);
  const target = placedAt(world, arn);
  if (/:event-bus\//.test(arn)) {
    const to = target ? labelOf(target) : arn;
    return { kind: 'rule to bus', from, to, permits: busPermits(world, rule, { arn, roleArn }) };
  }
  const known = target && actions[target.resource.type];
  if (!known)
    return { kind: 'rule to target', from, to: arn, permits: [missing(`a way to ${arn}`)] };
  const { kind, action } = known;
  return { kind, from, to: labelOf(target), permits: sends(world, rule, target, action) };
}

function sends(world: World, rule: Placed, target: Placed, action: string): readonly Permit[] {
  return servicePermits(world, target, { service, sourceArn: rule.resource.arn, action });
}

/** Bus to bus by a role of the rule's account; another account's bus must let it in besides. */
function busPermits(
  world: World,
  rule: Placed,
  { arn, roleArn }: { readonly arn: string; readonly roleArn: string },
): readonly Permit[] {
  const role = placedAt(world, roleArn);
  if (!role) return [missing(`a role to send to ${arn}`)];
  const asked = { action: 'events:PutEvents', resource: arn };
  const own = [trustPermit(role, service, rule.resource.arn), rolePermit(role, asked)];
  const isElsewhere = arn.split(':')[4] !== rule.stack.place.accountId;
  return isElsewhere ? [...own, entryPermit(world, role, arn)] : own;
}

/** The organization that the tests' accounts are in. */
export const organization = 'o-abcd123456';

function entryPermit(world: World, role: Placed, busArn: string): Permit {
  const bus = placedAt(world, busArn);
  const resource = bus ? resourceStatements(world, bus) : defaultBusStatements(world, busArn);
  const principal = { arn: role.resource.arn };
  const context = { 'aws:PrincipalOrgID': organization, 'aws:PrincipalArn': role.resource.arn };
  const action = 'events:PutEvents';
  const request = { principal, action, resource: busArn, context };
  const stranger = { ...request, context: { ...context, 'aws:PrincipalOrgID': 'o-strangers00' } };
  const policies = { resource, resourceDecides: true };
  return {
    what: `${action} into ${busArn} by ${role.resource.ref}`,
    access: accessTo(request, policies),
    open: accessTo(stranger, policies).grantedBy.length > 0,
  };
}
