import { isMember, plainJson } from './plain-json.ts';

/** A rule as it was given, and how a template calls it. */
export interface GivenRule {
  readonly rule: unknown;
  readonly logicalId?: string;
}

/**
 * The rules in what an API or a template gives: one, a list, an answer with `Rules`, or a CloudFormation template with resources of this type.
 */
export function givenRules(input: unknown, resourceType: string): readonly GivenRule[] {
  const plain = plainJson(input);
  if (Array.isArray(plain)) return plain.map((rule: unknown) => ({ rule }));
  if (!isMember(plain)) return [];
  if (Array.isArray(plain.Rules)) return plain.Rules.map((rule: unknown) => ({ rule }));
  if (!isMember(plain.Resources)) return [{ rule: plain }];
  return Object.entries(plain.Resources).flatMap(([logicalId, resource]) =>
    isMember(resource) && resource.Type === resourceType
      ? [{ rule: resource.Properties, logicalId }]
      : [],
  );
}
