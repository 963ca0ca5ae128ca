import {
  ListParentsCommand,
  type ListParentsCommandOutput,
  type OrganizationsClient,
  type Parent,
} from '@aws-sdk/client-organizations';
import type { OrganizationalUnits } from './ports.ts';

/** Organizational units nest five deep, and the root is above them. */
const deepest = 6;

/**
 * `OrganizationalUnits` by AWS Organizations, which answers the management account and delegated administrators only. One call a level: put
 * `cachedUnits` before it.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html
 */
export function organizationsUnits(client: OrganizationsClient): OrganizationalUnits {
  return {
    async of(accountId) {
      const above: string[] = [];
      let ChildId: string | undefined = accountId;
      while (ChildId !== undefined && above.length < deepest) {
        const answer: ListParentsCommandOutput = await client.send(
          new ListParentsCommand({ ChildId }),
        );
        const parent: Parent | undefined = answer.Parents?.[0];
        if (parent?.Id !== undefined) above.push(parent.Id);
        ChildId = parent?.Type === 'ORGANIZATIONAL_UNIT' ? parent.Id : undefined;
      }
      return above;
    },
  };
}
