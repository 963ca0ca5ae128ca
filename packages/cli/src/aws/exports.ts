import { CloudFormationClient, paginateListExports } from '@aws-sdk/client-cloudformation';
import { NotDeployedError } from '../errors.ts';
import type { ClientConfig, Connection } from './connection.ts';

/** CloudFormation's exports of an account and Region whose names begin with a prefix. */
export async function exportsOf(
  config: ClientConfig,
  prefix: string,
): Promise<ReadonlyMap<string, string>> {
  const client = new CloudFormationClient(config);
  const found = new Map<string, string>();
  for await (const { Exports = [] } of paginateListExports({ client }, {})) {
    for (const { Name, Value } of Exports) {
      if (Name?.startsWith(prefix) && Value !== undefined) found.set(Name, Value);
    }
  }
  return found;
}

/** The name of a deployment's evidence bucket; undefined where foundation exports none. */
export async function evidenceBucketName({
  config,
  stage,
}: Connection): Promise<string | undefined> {
  const name = `riposte-${stage}-EvidenceBucketName`;
  return (await exportsOf(config, name)).get(name);
}

/**
 * The name of a deployment's state table.
 *
 * @throws NotDeployedError where foundation is not deployed.
 */
export function stateTableName(connection: Connection): Promise<string> {
  return exported(connection, 'StateTableName', {
    what: 'Riposte deployment',
    service: 'foundation',
  });
}

/**
 * The name of the table of a deployment's finding router.
 *
 * @throws NotDeployedError where the router is not deployed.
 */
export function routerTableName(connection: Connection): Promise<string> {
  return exported(connection, 'RouterTableName', {
    what: 'finding router',
    service: 'finding-router',
  });
}

/**
 * The table and the queue of a deployment's file integrity monitoring.
 *
 * @throws NotDeployedError where it is not deployed.
 */
export async function fimDetectorOf(
  connection: Connection,
): Promise<{ readonly tableName: string; readonly queueUrl: string }> {
  const names = { what: 'file integrity monitoring', service: 'fim-detector' };
  const [tableName, queueUrl] = await Promise.all([
    exported(connection, 'FimTableName', names),
    exported(connection, 'FimDetectorQueueUrl', names),
  ]);
  return { tableName, queueUrl };
}

async function exported(
  { config, stage, region, accountId }: Connection,
  suffix: string,
  { what, service }: { readonly what: string; readonly service: string },
): Promise<string> {
  const name = `riposte-${stage}-${suffix}`;
  const value = (await exportsOf(config, name)).get(name);
  if (value !== undefined) return value;
  throw new NotDeployedError(
    `no ${what} named ${stage} in account ${accountId}, ${region} (export ${name} is missing)`,
    `check --stage, --region and --profile, or deploy it: npx sls deploy --stage STAGE in services/${service}`,
  );
}
