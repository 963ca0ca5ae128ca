import { isDeepStrictEqual } from 'node:util';
import { arnMatches } from '../templates/match-statement.ts';
import type { Need } from './call-facts.ts';
import type { Grant, Grantee } from './deployed-role.ts';
import { reviewedWildcard } from './reviewed-wildcards.ts';

/** Answers whether grants allow what is needed. */
export type Allows = (grants: readonly Grant[], need: Need) => Promise<boolean>;

/**
 * Holds what a role allows against what is done with it, both ways: nothing missing, nothing unused, nothing wider
 * than reviewed, nothing twice.
 *
 * @param needs what was really called
 * @returns what is wrong, in words that name the function and the action; empty: nothing
 */
export async function comparePrivileges(
  { name, grants, onBehalf }: Grantee,
  needs: readonly Need[],
  allows: Allows,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const need of needs) {
    if (!(await allows(grants, need))) {
      missing.push(`${name} may not ${need.action} on ${need.resource}`);
    }
  }
  const absent = onBehalf
    .filter((listed) => !grants.some((grant) => isAsListed(grant, listed)))
    .map(({ action, resource }) => `${name} lacks ${action} on ${resource}`);
  const unused = grants
    .filter((grant) => !onBehalf.some((listed) => isSame(grant, listed)))
    .filter((grant) => !needs.some((need) => isUsed(grant, need)))
    .map(({ action, resource }) => `${name} does not use ${action} on ${resource}`);
  const wide = grants
    .filter((grant) => /[*?]/.test(grant.resource) && !reviewedWildcard(grant))
    .map(({ action, resource }) => `${name} may ${action} on more than it uses: ${resource}`);
  const twice = grants
    .filter((grant, at) => grants.findIndex((other) => isSame(grant, other)) !== at)
    .map(({ action, resource }) => `${name} has ${action} on ${resource} twice`);
  return [...missing, ...absent, ...unused, ...wide, ...twice];
}

export function isSame(one: Grant, other: Grant): boolean {
  return one.action === other.action && one.resource === other.resource;
}

/** A condition that is listed must be there: without it the grant would be wider than reviewed. */
function isAsListed(grant: Grant, listed: Grant): boolean {
  return isSame(grant, listed) && isDeepStrictEqual(grant.condition, listed.condition);
}

function isUsed(grant: Grant, { action, resource }: Need): boolean {
  return grant.action === action && arnMatches(grant.resource, resource);
}
