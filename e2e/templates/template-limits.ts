import type { Deployed } from './deployed-world.ts';
import { isObject, objectAt, textsWithin } from './json.ts';
import { labelOf, placedResources, urlSuffix } from './stack.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const maxResources = 500;
const maxTemplateBytes = 1_000_000;
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const maxPatternCharacters = 2048;
/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const maxEnvironmentBytes = 4096;
/** Names, by https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html */
const maxNames: Readonly<Record<string, number>> = {
  'AWS::IAM::Role': 64,
  'AWS::Lambda::Function': 64,
  'AWS::Events::EventBus': 256,
  'AWS::CloudWatch::Alarm': 255,
};

/** What AWS would refuse. */
export function overLimits({ templates, world }: Deployed): readonly string[] {
  const sizes = Object.entries(templates).flatMap(([name, template]) => [
    ...over(
      `${name}: resources`,
      Object.keys(objectAt(template, 'Resources')).length,
      maxResources,
    ),
    ...over(`${name}: bytes`, Buffer.byteLength(JSON.stringify(template)), maxTemplateBytes),
  ]);
  const parts = placedResources(world).flatMap((placed) => {
    const { type, ref, arn, properties } = placed.resource;
    const label = labelOf(placed);
    const { EventPattern, Environment } = properties;
    const pattern = isObject(EventPattern) ? JSON.stringify(EventPattern).length : 0;
    const nameLimit = maxNames[type];
    return [
      ...over(`${label}: pattern`, pattern, maxPatternCharacters),
      ...over(`${label}: environment`, environmentBytes(Environment), maxEnvironmentBytes),
      ...(nameLimit ? over(`${label}: name`, ref.length, nameLimit) : []),
      ...(type === 'AWS::SQS::Queue' ? over(`${label}: name`, lastPart(arn).length, 80) : []),
      ...(type === 'AWS::Events::Rule' ? over(`${label}: name`, lastPart(arn).length, 64) : []),
    ];
  });
  return [...sizes, ...parts];
}

function over(what: string, value: number, limit: number): readonly string[] {
  return value > limit ? [`${what} ${value} > ${limit}`] : [];
}

function lastPart(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? '';
}

/** Names and values, as Lambda counts them. */
function environmentBytes(environment: unknown): number {
  const variables = Object.entries(objectAt(environment, 'Variables'));
  return variables.reduce(
    (bytes, [name, value]) => bytes + Buffer.byteLength(name) + Buffer.byteLength(String(value)),
    0,
  );
}

/** Texts that name another partition, Region or domain than the ones deployed to. */
export function foreignTexts({ world }: Pick<Deployed, 'world'>): readonly string[] {
  return placedResources(world).flatMap((placed) => {
    const { place } = placed.stack;
    const others = world.map(({ place: { region } }) => region);
    return textsWithin(placed.resource.properties)
      .filter((text) => isForeign(text, { ...place, others }))
      .map((text) => `${labelOf(placed)}: ${text}`);
  });
}

/** Names of services (`events.amazonaws.com`) are the same everywhere; those with a Region may be spelled in two ways in China. */
function isForeign(
  text: string,
  { partition, region, others }: { partition: string; region: string; others: readonly string[] },
): boolean {
  const arns = text.match(/arn:[\w-]*:[\w-]*:[\w-]*:/g) ?? [];
  const ownHosts = [`${region}.amazonaws.com`, `${region}.${urlSuffix({ partition })}`];
  const hosts = text.match(/[\w-]+\.[a-z]+-[\w-]+-\d\.amazonaws\.com(\.cn)?/g) ?? [];
  return (
    arns.some((arn) => {
      const [, ownPartition, , ownRegion = ''] = arn.split(':');
      return ownPartition !== partition || !['', region, ...others].includes(ownRegion);
    }) || hosts.some((host) => !ownHosts.some((own) => host.endsWith(own)))
  );
}
