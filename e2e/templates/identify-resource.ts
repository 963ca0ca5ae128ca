import { type JsonObject, textAt } from './json.ts';
import { type Place, urlSuffix } from './stack.ts';

/** What `Ref` and `Fn::GetAtt` give for a resource. */
export interface Identity {
  readonly ref: string;
  readonly arn: string;
  /** Attributes besides `Arn`. */
  readonly attributes: Readonly<Record<string, string>>;
}

interface Facts {
  readonly place: Place;
  readonly properties: JsonObject;
  /** The name given, else one as CloudFormation generates it. */
  readonly nameFrom: (property: string) => string;
}

type Identify = (facts: Facts) => Partial<Identity> & Pick<Identity, 'ref'>;

/** By type, as CloudFormation's reference says in "Return values" of each. */
const types: Readonly<Record<string, Identify>> = {
  'AWS::Lambda::Function': ({ place, nameFrom }) => {
    const name = nameFrom('FunctionName');
    return { ref: name, arn: arn(place, 'lambda', `function:${name}`) };
  },
  'AWS::SQS::Queue': ({ place, nameFrom }) => {
    const name = nameFrom('QueueName');
    return {
      ref: `https://sqs.${place.region}.${urlSuffix(place)}/${place.accountId}/${name}`,
      arn: arn(place, 'sqs', name),
      attributes: { QueueName: name },
    };
  },
  'AWS::SNS::Topic': ({ place, nameFrom }) => {
    const name = nameFrom('TopicName');
    return {
      ref: arn(place, 'sns', name),
      arn: arn(place, 'sns', name),
      attributes: { TopicName: name },
    };
  },
  'AWS::KMS::Key': ({ place, nameFrom }) => {
    const id = nameFrom('');
    return { ref: id, arn: arn(place, 'kms', `key/${id}`) };
  },
  'AWS::DynamoDB::Table': ({ place, nameFrom }) => {
    const name = nameFrom('TableName');
    const table = arn(place, 'dynamodb', `table/${name}`);
    return {
      ref: name,
      arn: table,
      attributes: { StreamArn: `${table}/stream/2026-01-01T00:00:00.000` },
    };
  },
  'AWS::S3::Bucket': ({ place, nameFrom }) => {
    const name = nameFrom('BucketName').toLowerCase();
    return { ref: name, arn: `arn:${place.partition}:s3:::${name}` };
  },
  'AWS::Events::Rule': ({ place, properties, nameFrom }) => {
    const name = nameFrom('Name');
    const bus = textAt(properties, 'EventBusName').split('/').at(-1);
    const path = bus && bus !== 'default' ? `${bus}/${name}` : name;
    return { ref: path.replace('/', '|'), arn: arn(place, 'events', `rule/${path}`) };
  },
  'AWS::Events::EventBus': ({ place, nameFrom }) => {
    const name = nameFrom('Name');
    return {
      ref: name,
      arn: arn(place, 'events', `event-bus/${name}`),
      attributes: { Name: name },
    };
  },
  'AWS::IAM::Role': ({ place, nameFrom }) => {
    const name = nameFrom('RoleName');
    return { ref: name, arn: `arn:${place.partition}:iam::${place.accountId}:role/${name}` };
  },
  'AWS::CloudWatch::Alarm': ({ place, nameFrom }) => {
    const name = nameFrom('AlarmName');
    return { ref: name, arn: arn(place, 'cloudwatch', `alarm:${name}`) };
  },
  'AWS::Logs::LogGroup': ({ place, nameFrom }) => {
    const name = nameFrom('LogGroupName');
    return { ref: name, arn: arn(place, 'logs', `log-group:${name}:*`) };
  },
  'AWS::SSM::Parameter': ({ nameFrom }) => ({ ref: nameFrom('Name') }),
};

/**
 * Names a resource as AWS would, with what the template gives it and a made-up name otherwise.
 *
 * @param generated the name that CloudFormation would make up
 */
export function identifyResource(
  type: string,
  facts: { readonly place: Place; readonly properties: JsonObject; readonly generated: string },
): Identity {
  const { place, properties, generated } = facts;
  const nameFrom = (property: string) => textAt(properties, property) || generated;
  const identify = types[type] ?? (() => ({ ref: generated }));
  return { arn: '', attributes: {}, ...identify({ place, properties, nameFrom }) };
}

function arn({ partition, region, accountId }: Place, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}
