import { describe, expect, it } from '@jest/globals';
import { trackedId } from '@riposte/inventory';
import { tellProblems } from './tell-problems.ts';
import {
  account,
  bucket,
  minute,
  nodeA,
  nodeB,
  region,
  tracked,
  watchWorld,
} from './testing/watch-world.ts';
import { type FailedAssociation, type ManagedNode, watchNodes } from './watch-nodes.ts';

const place = { account, region, bucket, prefix: '', grace: 60 * minute };
const online = (node: string, hasFailures = false): ManagedNode => ({
  node,
  ping: 'Online',
  hasFailures,
});
const skipped: FailedAssociation = {
  id: 'a-1',
  name: 'AWS-GatherSoftwareInventory',
  status: 'Skipped',
  detail: 'another inventory association is there',
};

/** Systems Manager, with nodes page by page. */
function nodesOf(
  pages: readonly (readonly ManagedNode[])[],
  failed: readonly FailedAssociation[] = [],
) {
  return {
    async *pages() {
      yield* pages;
    },
    failedAssociations: async () => failed,
  };
}

describe('watchNodes', () => {
  it('finds nodes that Systems Manager knows and that never sent an inventory (O1)', async () => {
    const { ports, told, pass } = watchWorld(tracked(nodeA, 5));
    const nodes = nodesOf([[online(nodeA)], [online(nodeB)]]);
    const tell = tellProblems(ports);
    await tell(await watchNodes({ ...ports, nodes }, place));
    pass(61);
    await tell(await watchNodes({ ...ports, nodes }, place));
    expect(told).toMatchObject([
      {
        Title: `No inventory: ${nodeB}`,
        Resources: [{ Id: `arn:aws:ec2:${region}:${account}:instance/${nodeB}` }],
      },
    ]);
  });

  it('is satisfied with a node that sends its first inventory in time', async () => {
    const { ports, told, pass, items } = watchWorld();
    const nodes = nodesOf([[online(nodeB)]]);
    const tell = tellProblems(ports);
    await tell(await watchNodes({ ...ports, nodes }, place));
    const first = tracked(nodeB, 0);
    items.set(trackedId(first), first);
    pass(61);
    await tell(await watchNodes({ ...ports, nodes }, place));
    expect(told).toEqual([]);
  });

  it.each(['Failed', 'Skipped'])(
    'finds an inventory association that is %s: an incomplete inventory is not taken for peace (O1, D16, D17)',
    async (status) => {
      const { ports, told } = watchWorld(tracked(nodeA, 5));
      const nodes = nodesOf([[online(nodeA, true)]], [{ ...skipped, status }]);
      await tellProblems(ports)(await watchNodes({ ...ports, nodes }, place));
      expect(told).toMatchObject([
        {
          Title: `Inventory association failed: ${nodeA}`,
          ProductFields: {
            'riposte/fim/details/status': status,
            'riposte/fim/details/detail': skipped.detail,
          },
        },
      ]);
    },
  );

  it('is satisfied once the association works, or the node is not known any more', async () => {
    const { ports, told, pass } = watchWorld(tracked(nodeA, 5), tracked(nodeB, 5));
    const tell = tellProblems(ports);
    const both = nodesOf([[online(nodeA, true), online(nodeB, true)]], [skipped]);
    await tell(await watchNodes({ ...ports, nodes: both }, place));
    pass(15);
    await tell(await watchNodes({ ...ports, nodes: nodesOf([[online(nodeA)]]) }, place));
    expect(told.map(({ RecordState }) => RecordState)).toEqual([
      ...['ACTIVE', 'ACTIVE'],
      ...['ARCHIVED', 'ARCHIVED'],
    ]);
  });

  it('takes nobody for gone whom it had no time to look at, and says that nodes are left', async () => {
    const { ports, told, world } = watchWorld(tracked(nodeA, 5), tracked(nodeB, 5));
    const tell = tellProblems(ports);
    const nodes = nodesOf([[online(nodeA, true)], [online(nodeB, true)]], [skipped]);
    await tell(await watchNodes({ ...ports, nodes }, place));
    let pages = 0;
    world.timeLeft = () => (pages++ === 0 ? 300_000 : 1_000);
    const cut = await watchNodes(
      { ...ports, nodes: nodesOf([[online(nodeA)], [online(nodeB)]]) },
      place,
    );
    expect(cut.isWhole).toBe(false);
    await tell(cut);
    expect(told.filter(({ RecordState }) => RecordState === 'ARCHIVED')).toHaveLength(1);
  });

  it('calls a hybrid node by its own ARN, as something other than an instance (F6)', async () => {
    const { ports, told, pass } = watchWorld();
    const node = 'mi-0123456789abcdef0';
    const chinese = { ...place, region: 'cn-north-1' };
    const look = () => watchNodes({ ...ports, nodes: nodesOf([[online(node)]]) }, chinese);
    await tellProblems(ports)(await look());
    pass(61);
    await tellProblems(ports)(await look());
    expect(told[0]?.Resources).toMatchObject([
      {
        Type: 'Other',
        Id: `arn:aws-cn:ssm:cn-north-1:${account}:managed-instance/${node}`,
        Partition: 'aws-cn',
        Region: 'cn-north-1',
      },
    ]);
    expect(told[0]).toMatchObject({
      AwsAccountId: account,
      Region: 'cn-north-1',
      ProductArn: `arn:aws-cn:securityhub:cn-north-1:${account}:product/${account}/default`,
      FindingProviderFields: { Severity: { Label: 'HIGH' } },
    });
  });
});
