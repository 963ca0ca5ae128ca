import { type AwsSecurityFinding, SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { AccountRegion } from '../types.ts';
import { startSecurityHub } from './start-security-hub.ts';
import type { SecurityHub, SecurityHubEvent, SecurityHubOptions } from './types.ts';

export const home: AccountRegion = { accountId: '111122223333', region: 'eu-west-1' };

/** A stand-in with what it has published, and a clock that stands still until told. */
export interface HubFixture {
  readonly hub: SecurityHub;
  readonly clock: { now: Date };
  /** A real client of an account in a Region; `home` when absent. */
  client(where?: Partial<AccountRegion>): SecurityHubClient;
  /** Events since the last call, with the bus that got them. */
  events(): Promise<readonly { readonly event: SecurityHubEvent; readonly bus: string }[]>;
  stop(): Promise<void>;
}

/** Starts a stand-in on a free port, and real SDK clients for it. */
export async function startFixture(
  options: Omit<SecurityHubOptions, 'publish'> = {},
): Promise<HubFixture> {
  const clock = { now: new Date('2026-05-01T12:00:00.000Z') };
  const published: { event: SecurityHubEvent; bus: string }[] = [];
  const clients: SecurityHubClient[] = [];
  const hub = await startSecurityHub({
    clock: () => clock.now,
    ...options,
    publish: async (event, { accountId, region }) => {
      published.push({ event, bus: `${accountId}/${region}` });
    },
  });
  return {
    hub,
    clock,
    client: (where = {}) => {
      const { accountId, region } = { ...home, ...where };
      const client = new SecurityHubClient({
        endpoint: hub.endpoint,
        region,
        credentials: { accessKeyId: accountId, secretAccessKey: 'local' },
        maxAttempts: 1,
      });
      clients.push(client);
      return client;
    },
    events: async () => {
      await hub.settled();
      return published.splice(0);
    },
    stop: async () => {
      for (const client of clients) client.destroy();
      await hub.stop();
    },
  };
}

/** A valid finding of an account's default product. */
export function findingOf(
  change: Partial<AwsSecurityFinding> = {},
  { accountId, region }: AccountRegion = home,
): AwsSecurityFinding {
  return {
    SchemaVersion: '2018-10-08',
    Id: 'finding-1',
    ProductArn: `arn:aws:securityhub:${region}:${accountId}:product/${accountId}/default`,
    GeneratorId: 'file-integrity',
    AwsAccountId: accountId,
    Types: ['Unusual Behaviors/Process'],
    CreatedAt: '2026-04-30T10:00:00.000Z',
    UpdatedAt: '2026-04-30T10:00:00.000Z',
    Severity: { Label: 'HIGH' },
    Title: 'A file changed',
    Description: 'A file changed that rarely does.',
    Resources: [
      {
        Type: 'AwsEc2Instance',
        Id: `arn:aws:ec2:${region}:${accountId}:instance/i-0abc`,
        Tags: { Owner: 'payments' },
      },
    ],
    ...change,
  };
}

/** The error that a call ends with. */
export async function failureOf(
  call: Promise<unknown>,
): Promise<{ readonly name: string; readonly message: string; readonly status: unknown }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const metadata: unknown = Reflect.get(error, '$metadata');
    const status: unknown = Reflect.get(Object(metadata), 'httpStatusCode');
    return { name: error.name, message: error.message, status };
  }
  return { name: 'none', message: 'the call succeeded', status: 200 };
}
