import type { JsonObject } from './json.ts';
import { packageServices } from './package-service.ts';
import { resolveStack } from './resolve-stack.ts';
import { organization } from './rule-arrows.ts';
import type { Place, Stack, World } from './stack.ts';
import { readYamlTemplate } from './yaml-template.ts';

export interface Deployed {
  /** Templates as packaged or written, by stack. */
  readonly templates: Readonly<Record<string, JsonObject>>;
  readonly world: World;
}

export interface DeployedOptions {
  readonly stage: string;
  readonly home: Place;
  /** Another account-Region, which the forwarder and the member role are for. */
  readonly member: Place;
}

const everything = {
  contactEmail: 'soc@example.com',
  lastResortEmail: 'oncall@example.com',
  organizationId: organization,
};

/** Of the shipped rules' channels, as whoever uses them gives them. */
export const addresses = { servicenowUrl: 'https://example.service-now.com' };

/** Packages the services, reads the StackSet templates, and resolves all of them as if they were deployed together. */
export async function deployedWorld({ stage, home, member }: DeployedOptions): Promise<Deployed> {
  const [foundation = {}, guard = {}, router = {}, detector = {}] = await packageServices(
    ['foundation', 'cloudtrail-guard', 'finding-router', 'fim-detector'],
    {
      ...{ stage, region: home.region },
      params: {
        foundation: everything,
        'finding-router': addresses,
        'fim-detector': { organizationId: organization, createAthenaQueries: 'true' },
      },
    },
  );
  const forwarder = await readYamlTemplate(stackSet('forwarder'));
  const memberRole = await readYamlTemplate(stackSet('member-role'));
  const parameters = {
    Stage: stage,
    HomeAccountId: home.accountId,
    HomeRegion: home.region,
    OrganizationId: organization,
  };
  const ground = resolveStack(foundation, { name: 'foundation', place: home });
  const { exports: imports } = ground;
  const stacks: readonly Stack[] = [
    ground,
    resolveStack(guard, { name: 'cloudtrail-guard', place: home, imports }),
    resolveStack(router, { name: 'finding-router', place: home, imports }),
    resolveStack(detector, { name: 'fim-detector', place: home, imports }),
    resolveStack(forwarder, { name: 'forwarder', place: member, parameters }),
    resolveStack(memberRole, { name: 'member-role', place: member, parameters }),
  ];
  return {
    templates: {
      foundation,
      'cloudtrail-guard': guard,
      'finding-router': router,
      'fim-detector': detector,
      forwarder,
      'member-role': memberRole,
    },
    world: stacks,
  };
}

function stackSet(name: string): URL {
  return new URL(`../../services/foundation/templates/${name}.yml`, import.meta.url);
}
