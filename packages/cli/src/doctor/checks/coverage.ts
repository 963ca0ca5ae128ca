import { isAccessDenied } from '../../aws/explain-error.ts';
import { type Check, type Found, missing, ok, unknown } from '../check.ts';
import type { DoctorPorts, StackInstance } from '../ports.ts';

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** A forwarder in every account and Region sends events to the home Region; the home Region of the home account needs none. */
export const forwarderCheck: Check = {
  name: 'forwarder',
  reads: [
    'organizations:ListAccounts',
    'cloudformation:ListStackInstances',
    'securityhub:GetFindingAggregator',
  ],
  async run(ports) {
    const { stage, accountId, region } = ports.deployment;
    const accounts = await accountsOf(ports);
    const regions = await regionsOf(ports);
    const wanted = accounts.ids
      .flatMap((id) => regions.map((each) => ({ accountId: id, region: each })))
      .filter((place) => place.accountId !== accountId || place.region !== region);
    if (wanted.length === 0)
      return [...accounts.notes, ok('one account and Region: no forwarder is needed')];
    const covered = await coverOf(`riposte-forwarder-${stage}`, wanted, ports);
    return [...accounts.notes, coverage('forwarder', wanted, covered, ports)];
  },
};

/** The member role in every other account lets Riposte act there. */
export const memberRoleCheck: Check = {
  name: 'member-role',
  reads: ['organizations:ListAccounts', 'cloudformation:ListStackInstances'],
  async run(ports) {
    const { stage, accountId, region } = ports.deployment;
    const accounts = await accountsOf(ports);
    const wanted = accounts.ids
      .filter((id) => id !== accountId)
      .map((id) => ({ accountId: id, region }));
    if (wanted.length === 0)
      return [...accounts.notes, ok('one account: no member role is needed')];
    const instances = (await ports.stacks.instances(`riposte-member-${stage}`)) ?? [];
    const covered = wanted.filter((place) =>
      instances.some((instance) => instance.isCurrent && instance.accountId === place.accountId),
    );
    return [...accounts.notes, coverage('member', wanted, covered, ports)];
  },
};

async function accountsOf({
  deployment,
  accounts,
}: DoctorPorts): Promise<{ readonly ids: readonly string[]; readonly notes: readonly Found[] }> {
  if (deployment.accounts) return { ids: deployment.accounts, notes: [] };
  try {
    return { ids: (await accounts()) ?? [deployment.accountId], notes: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.name : String(error);
    const mend = isAccessDenied(error)
      ? 'run it in the management or a delegated administrator account (organizations:ListAccounts), or name accounts with --accounts'
      : 'try again, or name accounts with --accounts';
    const note = unknown(
      `the organization's accounts could not be read (${reason}); only ${deployment.accountId} is checked`,
      mend,
    );
    return { ids: [deployment.accountId], notes: [note] };
  }
}

const globalRegions: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** Where events occur: named Regions, or those that findings come from, and that of IAM's events. */
async function regionsOf({ deployment, securityHub }: DoctorPorts): Promise<readonly string[]> {
  if (deployment.regions) return deployment.regions;
  const aggregation = await securityHub.aggregation().catch(() => undefined);
  const { region, partition } = deployment;
  return [...new Set([region, globalRegions[partition] ?? region, ...(aggregation?.linked ?? [])])];
}

/** Places that a stack set or, in the own account, a single stack covers. */
async function coverOf(
  name: string,
  wanted: readonly Place[],
  ports: DoctorPorts,
): Promise<readonly Place[]> {
  const instances = (await ports.stacks.instances(name)) ?? [];
  const covered = await Promise.all(
    wanted.map((place) => isCovered(place, { name, instances }, ports)),
  );
  return wanted.filter((_, index) => covered[index]);
}

async function isCovered(
  { accountId, region }: Place,
  { name, instances }: { readonly name: string; readonly instances: readonly StackInstance[] },
  { deployment, stacks }: DoctorPorts,
): Promise<boolean> {
  const isInstance = instances.some(
    (instance) =>
      instance.isCurrent && instance.accountId === accountId && instance.region === region,
  );
  if (isInstance || accountId !== deployment.accountId) return isInstance;
  return (await stacks.status(name, region))?.endsWith('_COMPLETE') === true;
}

function coverage(
  template: 'forwarder' | 'member',
  wanted: readonly Place[],
  covered: readonly Place[],
  { deployment: { stage } }: DoctorPorts,
): Found {
  const what =
    template === 'forwarder'
      ? 'account-Regions have the forwarder'
      : 'other accounts have the member role';
  const count = `${covered.length} of ${wanted.length} ${what}`;
  const open = wanted.filter((place) => !covered.includes(place));
  if (open.length === 0) return ok(count);
  const names = open
    .slice(0, 5)
    .map(({ accountId, region }) =>
      template === 'forwarder' ? `${accountId}/${region}` : accountId,
    );
  const more = open.length > names.length ? ` and ${open.length - names.length} more` : '';
  const file = template === 'forwarder' ? 'forwarder.yml' : 'member-role.yml';
  return missing(
    `${count}; not in ${names.join(', ')}${more}`,
    `deploy services/foundation/templates/${file} there as stack set riposte-${template}-${stage} (README, "Several accounts and Regions")`,
  );
}
