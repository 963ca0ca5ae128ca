import type { RecordedCall } from '@riposte/local-stage';
import type { Need } from './call-facts.ts';
import { type Allows, comparePrivileges } from './compare-privileges.ts';
import type { Grant, Grantee } from './deployed-role.ts';
import { needsOf } from './needs.ts';

/** What is deployed, what it did, and who decides what a policy allows. */
export interface Observed {
  readonly grantees: readonly Grantee[];
  readonly calls: readonly RecordedCall[];
  readonly allows: Allows;
  /** Grantees that are roles which functions assume, not functions. */
  readonly assumed?: readonly string[];
}

/** Roles held against calls. */
export interface Privileges extends Observed {
  /** @throws RangeError where there is none. */
  granteeNamed(name: string): Grantee;
  /** What is wrong when a role allows this instead of what it allows. */
  problemsWith(name: string, grants: readonly Grant[]): Promise<readonly string[]>;
}

export function privilegesOf(observed: Observed): Privileges {
  const { grantees, calls, allows, assumed = [] } = observed;
  const granteeNamed = (name: string) => {
    const found = grantees.find((one) => one.name === name);
    if (!found) throw new RangeError(`${name} is not deployed`);
    return found;
  };
  /** What a function's calls need, with its own role; calls in other accounts are made with a role that it assumes. */
  const needsBy = (name: string): readonly Need[] => {
    const isOurs = ({ appId, roleArn }: RecordedCall) =>
      assumed.includes(name)
        ? roleArn?.endsWith(`/${name}`)
        : appId === `riposte-${name}` && roleArn === undefined;
    const needs = calls.filter(isOurs).flatMap(needsOf);
    return [...new Map(needs.map((need) => [`${need.action} ${need.resource}`, need])).values()];
  };
  return {
    ...observed,
    granteeNamed,
    problemsWith: (name, grants) =>
      comparePrivileges({ ...granteeNamed(name), grants }, needsBy(name), allows),
  };
}
