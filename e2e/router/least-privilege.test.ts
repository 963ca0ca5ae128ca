import { afterAll, beforeAll, jest } from '@jest/globals';
import { type HttpDouble, startDouble } from '@riposte/local-stage';
import { simulator } from '../least-privilege/allowed-by-policy.ts';
import { deployedFunctions, type Grantee } from '../least-privilege/deployed-role.ts';
import { leastPrivilegeCases } from '../least-privilege/least-privilege.cases.ts';
import { type Privileges, privilegesOf } from '../least-privilege/privileges.ts';
import { driveRouter } from './drive-router.ts';
import { allOfTheRouter } from './least-privilege-rules.ts';
import { openRouterWorld, type RouterWorld } from './router-world.ts';

jest.setTimeout(180_000);

const names = [
  ...['route', 'update-findings', 'group-alerts', 'tell-groups', 'tell-due', 'acknowledge'],
  'follow-tickets',
  ...['act', 'store-evidence', 'refresh-feeds', 'deliver-jira', 'deliver-servicenow'],
  ...['deliver-slack', 'deliver-teams', 'deliver-pagerduty', 'deliver-webhook', 'deliver-sns'],
];

/** CISA's catalog with one entry. */
const catalog = JSON.stringify({
  catalogVersion: '2026.11.24',
  dateReleased: '2026-11-24T00:00:00Z',
  count: 1,
  vulnerabilities: [
    {
      cveID: 'CVE-2021-44228',
      vulnerabilityName: 'Log4j',
      dateAdded: '2021-12-10',
      dueDate: '2021-12-24',
    },
  ],
});

const wakeQueue = 'arn:aws:sqs:us-east-1:123456789012:riposte-finding-router-local-wake';

let feeds: HttpDouble;
let world: RouterWorld;
let simulation: ReturnType<typeof simulator>;
let privileges: Privileges;

beforeAll(async () => {
  feeds = await startDouble(({ path }) =>
    path === '/kev' ? { status: 200, body: catalog } : { status: 404, body: '' },
  );
  const functionEnvironment = { KEV_URL: `${feeds.url}/kev`, EPSS_URL: `${feeds.url}/epss` };
  world = await openRouterWorld({ ...allOfTheRouter, functionEnvironment });
  await driveRouter(world);
  simulation = simulator(world.stage);
  privileges = privilegesOf({
    grantees: (await deployedFunctions(world.stage, 'riposte-finding-router')).map(listed),
    calls: world.stage.calls().filter(({ appId }) => appId?.startsWith('riposte-')),
    allows: simulation.allows,
  });
}, 600_000);

/**
 * Listed, because no run is sure to show it: a click or a ticket that is taken wakes its group where nothing else has, which is a matter of
 * moments.
 */
const unseen: Readonly<Record<string, { readonly action: string; readonly resource: string }>> = {
  acknowledge: { action: 'sqs:SendMessage', resource: wakeQueue },
  'follow-tickets': { action: 'sqs:SendMessage', resource: wakeQueue },
};

function listed(one: Grantee): Grantee {
  const more = unseen[one.name];
  return more ? { ...one, onBehalf: [...one.onBehalf, more] } : one;
}

afterAll(async () => {
  simulation?.close();
  await world?.stop();
  await feeds?.stop();
});

leastPrivilegeCases(names, () => privileges);
