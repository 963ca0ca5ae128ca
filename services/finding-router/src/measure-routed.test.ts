import { describe, expect, it } from '@jest/globals';
import { asffFinding } from '@riposte/testing';
import { asffEvent, type RouteWorld, routeWorld, ruleThat } from './testing/route-world.ts';

const tell = ruleThat('tell', { notify: { channel: 'soc' } });
const ticket = ruleThat('ticket', { ticket: { channel: 'tickets' } });

function valuesOf({ measures }: RouteWorld, name: string) {
  return measures.filter((measure) => measure.name === name);
}

function workflow(Status: string, minute: number): object {
  const time = `2026-11-25T10:${String(minute).padStart(2, '0')}:00Z`;
  return asffEvent(asffFinding({ Workflow: { Status } }), time);
}

describe('a finding that is routed', () => {
  it('is logged with its rules, owner and age, and nothing that it says', async () => {
    const world = routeWorld(() => [tell, ticket]);
    world.now = new Date('2026-11-25T10:00:03.000Z');
    await world.route(asffEvent(asffFinding({ Title: 'secret words', Description: 'more' })));
    const [state] = world.states.values();
    expect(world.logged).toEqual([
      {
        finding: state?.key,
        format: 'asff',
        severity: 'LOW',
        accountId: '123456789012',
        region: 'eu-west-1',
        rules: ['pack/tell', 'pack/ticket'],
        owners: ['payments'],
        matched: true,
        effects: 2,
        age: 3000,
      },
    ]);
    expect(JSON.stringify(world.logged)).not.toMatch(/secret|more/);
    expect(valuesOf(world, 'FindingsMatched')).toEqual([
      { name: 'FindingsMatched', value: 1, unit: 'Count' },
    ]);
    expect(valuesOf(world, 'AgeAtRouting')).toMatchObject([{ value: 3000 }]);
  });

  it('is measured once, though somebody else was faster to write it', async () => {
    const world = routeWorld(() => [tell]);
    world.overtake = 1;
    await world.route(asffEvent(asffFinding()));
    expect(world.logged).toHaveLength(1);
    expect(valuesOf(world, 'FindingsMatched')).toHaveLength(1);
  });

  it('is not logged when nothing matches it, or nothing has changed', async () => {
    const world = routeWorld(({ title }) => (title === 'seen' ? [tell] : []));
    const seen = asffEvent(asffFinding({ Title: 'seen' }));
    await world.route(asffEvent(asffFinding()), seen, seen);
    expect(world.logged).toHaveLength(1);
  });

  it('measures how long people took to acknowledge and to resolve it', async () => {
    const world = routeWorld(() => [tell]);
    await world.route(workflow('NEW', 0));
    await world.route(workflow('NOTIFIED', 4));
    await world.route(workflow('NOTIFIED', 5));
    await world.route(workflow('RESOLVED', 30));
    expect(valuesOf(world, 'TimeToAcknowledge')).toMatchObject([{ value: 240_000 }]);
    expect(valuesOf(world, 'TimeToResolve')).toMatchObject([{ value: 1_800_000 }]);
    expect(world.logged.map((line) => [line.timeToAcknowledge, line.timeToResolve])).toEqual([
      [undefined, undefined],
      [240_000, undefined],
      [undefined, 1_800_000],
    ]);
  });

  it('is attributed to the rules that acted before, when its end matches none', async () => {
    const world = routeWorld(({ workflowStatus }) =>
      workflowStatus === 'RESOLVED' ? [] : [tell, ticket],
    );
    await world.route(workflow('NEW', 0));
    await world.route(workflow('RESOLVED', 30));
    expect(world.logged.at(-1)).toMatchObject({
      rules: ['pack/tell', 'pack/ticket'],
      matched: false,
      timeToResolve: 1_800_000,
    });
  });

  it('is a metric of each rule and owner only where the deployment asks for it', async () => {
    const world = routeWorld(() => [tell, ticket]);
    Object.assign(world.ports, { metricsByRule: true });
    await world.route(workflow('NEW', 0));
    await world.route(workflow('NOTIFIED', 1));
    const dimensionsOf = (name: string) => valuesOf(world, name).map((one) => one.dimensions);
    const by = [{ rule: 'pack/tell' }, { rule: 'pack/ticket' }, { owner: 'payments' }];
    expect(dimensionsOf('FindingsMatched').slice(0, 4)).toEqual([undefined, ...by]);
    expect(dimensionsOf('TimeToAcknowledge')).toEqual([undefined, ...by]);
  });

  it('cannot write lines into the log by the names that tags give', async () => {
    const world = routeWorld(() => [tell]);
    const contextOf = async () => ({ owner: `eve\n${'x'.repeat(500)}` });
    Object.assign(world.ports.enrichment, { contextOf });
    await world.route(asffEvent(asffFinding()));
    const [owner = ''] = world.logged[0]?.owners ?? [];
    expect(owner).toMatch(/^eve\\u\{a\}x+…$/);
    expect(owner.length).toBeLessThanOrEqual(200);
  });
});
