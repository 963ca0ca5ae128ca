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
export async function stateTableName({
  config,
  stage,
  region,
  accountId,
}: Connection): Promise<string> {
  const name = `riposte-${stage}-StateTableName`;
  const table = (await exportsOf(config, name)).get(name);
  if (table !== undefined) return table;
  throw new NotDeployedError(
    `no Riposte deployment named ${stage} in account ${accountId}, ${region} (export ${name} is missing)`,
    'check --stage, --region and --profile, or deploy it: npx sls deploy --stage STAGE in services/foundation',
  );
}
