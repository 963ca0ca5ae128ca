import {
  type AsffFinding,
  asffLimits,
  formatArn,
  parseArn,
  partitionOfRegion,
} from '@riposte/findings';
import type { FindingName } from '../ports.ts';
import type { HubPlace } from './hub.ts';

/** Whose findings those of other accounts become: their own account's, or the one's that Riposte runs in. */
export type FindingAccount = 'member' | 'security';

export interface Owner {
  readonly findingAccount: FindingAccount;
  /** The account that Riposte runs in. */
  readonly ownAccount: string;
}

/** The product field that names the account of a finding that was handed in by another. */
const accountField = 'riposte/fim/account';

/**
 * A finding as it is handed in. Security Hub takes findings from their own account only: under `security`, those of other accounts
 * become the security account's own; their resource stays the node, their id holds where they come from.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 */
export function handInAs(finding: AsffFinding, owner: Owner): AsffFinding {
  const { AwsAccountId: account, Region: region, ProductArn } = finding;
  if (isOwn(account, owner)) return finding;
  const { ownAccount: accountId } = owner;
  const others = Object.entries(finding.ProductFields ?? {}).filter(
    ([name]) => name !== accountField,
  );
  return {
    ...finding,
    Id: idAs({ id: finding.Id, account, region }, owner),
    AwsAccountId: accountId,
    ProductArn: formatArn({
      ...parseArn(ProductArn),
      accountId,
      resource: `product/${accountId}/default`,
    }),
    ProductFields: Object.fromEntries([
      [accountField, account],
      ...others.slice(0, asffLimits.mapEntries - 1),
    ]),
  };
}

/** The id that a finding is handed in under. */
export function idAs({ id, account, region }: FindingName, owner: Owner): string {
  if (isOwn(account, owner)) return id;
  const origin = `${account}/${region}/`;
  return id.startsWith(origin) ? id : `${origin}${id}`;
}

/** Where a finding is found again. */
export function placeOfName({ account, region }: FindingName, owner: Owner): HubPlace {
  return {
    account: isOwn(account, owner) ? account : owner.ownAccount,
    region,
    partition: partitionOfRegion(region),
  };
}

/** Where a finding is handed in, once it is as it is handed in. */
export function placeOfFinding({ AwsAccountId, Region, ProductArn }: AsffFinding): HubPlace {
  return { account: AwsAccountId, region: Region, partition: parseArn(ProductArn).partition };
}

function isOwn(account: string, { findingAccount, ownAccount }: Owner): boolean {
  return findingAccount === 'member' || account === ownAccount;
}
