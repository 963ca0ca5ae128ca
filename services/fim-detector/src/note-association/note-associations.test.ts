import { describe, expect, it } from '@jest/globals';
import { tellProblems } from '../watch-coverage/tell-problems.ts';
import {
  account,
  nodeA,
  nodeB,
  region,
  watchWorld,
} from '../watch-coverage/testing/watch-world.ts';
import type { FailedAssociation } from '../watch-coverage/watch-nodes.ts';
import { noteAssociations } from './note-associations.ts';

const failed: FailedAssociation = {
  ...{ id: 'a-1', name: 'AWS-GatherSoftwareInventory', status: 'Failed' },
  detail: 'FileCountLimit',
};
const place = { account, region };

function message(id: string, node: unknown, status = 'Failed') {
  return {
    id,
    sentAt: new Date(),
    receiveCount: 1,
    body: {
      'detail-type': 'EC2 State Manager Instance Association State Change',
      source: 'aws.ssm',
      detail: { 'instance-id': node, status, 'document-name': 'AWS-GatherSoftwareInventory' },
    },
  };
}

/** Hears events, of nodes whose associations stand as given. */
function hearing(standing: ReadonlyMap<string, readonly FailedAssociation[] | Error>) {
  const world = watchWorld();
  const asks: string[] = [];
  const nodes = {
    async failedAssociations(node: string) {
      asks.push(node);
      const stands = standing.get(node) ?? [];
      if (stands instanceof Error) throw stands;
      return stands;
    },
  };
  const note = noteAssociations({ nodes, place, tell: tellProblems(world.ports) });
  return { ...world, note, asks };
}

describe('noteAssociations', () => {
  it('tells at once of an inventory association that fails, and why (O1)', async () => {
    const { note, told } = hearing(new Map([[nodeA, [failed]]]));
    expect(await note([message('m', nodeA)])).toEqual(new Map());
    expect(told).toMatchObject([
      {
        Title: `Inventory association failed: ${nodeA}`,
        ProductFields: { 'riposte/fim/details/detail': 'FileCountLimit' },
      },
    ]);
  });

  it('believes Systems Manager, and not the event', async () => {
    const { note, told } = hearing(new Map());
    await note([message('m', nodeA)]);
    expect(told).toEqual([]);
  });

  it('tells that it works again, of the node that was asked about and of no other', async () => {
    const standing = new Map([
      [nodeA, [failed]],
      [nodeB, [failed]],
    ]);
    const { note, told } = hearing(standing);
    await note([message('m1', nodeA), message('m2', nodeB)]);
    standing.set(nodeA, []);
    await note([message('m3', nodeA, 'Success')]);
    expect(told.map(({ Title, RecordState }) => [Title.slice(-19), RecordState])).toEqual([
      [nodeA, 'ACTIVE'],
      [nodeB, 'ACTIVE'],
      [nodeA, 'ARCHIVED'],
    ]);
  });

  it('asks about a node once, however many events there are, and tells once', async () => {
    const { note, told, asks } = hearing(new Map([[nodeA, [failed]]]));
    await note([message('m1', nodeA), message('m2', nodeA)]);
    await note([message('m1', nodeA)]);
    expect(asks).toEqual([nodeA, nodeA]);
    expect(told).toHaveLength(1);
  });

  it.each([undefined, 7, 'i-1', '../x'])(
    'refuses an event of the node %j, for good',
    async (node) => {
      const { note, asks } = hearing(new Map());
      const failures = await note([message('m', node)]);
      expect(failures.get('m')).toMatchObject({ retryable: false, path: 'detail.instance-id' });
      expect(asks).toEqual([]);
    },
  );

  it('has those come back that could not be asked about or told of, and no others', async () => {
    const { note, told, failures } = hearing(
      new Map<string, readonly FailedAssociation[] | Error>([
        [nodeA, [failed]],
        [nodeB, new Error('throttled')],
      ]),
    );
    expect([...(await note([message('a', nodeA), message('b', nodeB)])).keys()]).toEqual(['b']);
    expect(told).toHaveLength(1);
    failures.set('problems', new Error('away'));
    expect([
      ...(await note([message('c', 'i-0123456789abcdef7'), message('a', nodeA)])).keys(),
    ]).toEqual([...['c', 'a']]);
  });
});
