import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { parseArn } from '@riposte/findings';
import { awsClient } from '@riposte/lambda';
import { findingImports } from '../import/finding-imports.ts';
import { dynamoProblems } from '../watch-coverage/dynamo-problems.ts';
import { ssmNodes } from '../watch-coverage/ssm-nodes.ts';
import { tellProblems } from '../watch-coverage/tell-problems.ts';
import type { AssociationConfig } from './config.ts';
import type { AssociationPorts } from './note-associations.ts';

/** What noting associations needs, on AWS; made once a function, each run says how much time it has left. */
export function associationPorts(
  config: AssociationConfig,
): (timeLeft: () => number) => AssociationPorts {
  const account = parseArn(config.ALERTS_TOPIC_ARN).accountId;
  const table = { client: awsClient(DynamoDBClient, {}), tableName: config.FIM_TABLE_NAME };
  const problems = dynamoProblems(table);
  const nodes = ssmNodes(awsClient(SSMClient, {}));
  const importsWithin = findingImports(config);
  return (timeLeft) => ({
    nodes,
    tell: tellProblems({ problems, imports: importsWithin(timeLeft), clock: () => new Date() }),
    place: { account, region: config.AWS_REGION },
  });
}
