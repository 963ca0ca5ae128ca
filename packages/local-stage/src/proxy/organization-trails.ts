import { parseArn } from '@riposte/findings';
import type { ErrorResponse } from './error-response.ts';
import {
  listOf,
  type Members,
  membersOf,
  refusal,
  type TrailCall,
  textMember,
  trailOf,
} from './trail-calls.ts';

/**
 * Organization trails as member accounts see them: readable by their ARN, listed, and changed by nobody but the account that
 * made them. Every other account of the stage is taken as a member.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html
 */
export function organizationTrails(): {
  refuse(trailCall: TrailCall): ErrorResponse | undefined;
  /** The account as which a member's read is asked, where it is about an organization trail. */
  readAs(trailCall: TrailCall): string | undefined;
  amend(trailCall: TrailCall, answer: Members): Promise<Members>;
} {
  const trails = new Set<string>();
  const ownerFor = ({ call, members }: TrailCall): string | undefined => {
    const trail = trailOf(members);
    if (!trails.has(trail)) return undefined;
    const owner = parseArn(trail).accountId;
    return owner === call.accountId ? undefined : owner;
  };
  return {
    refuse(trailCall) {
      if (ownerFor(trailCall) === undefined || isRead(trailCall.call.operation)) return undefined;
      return refusal(
        'NotOrganizationMasterAccountException',
        'The trail is an organization trail, and this account is not the management account of the organization.',
      );
    },
    readAs: (trailCall) => (isRead(trailCall.call.operation) ? ownerFor(trailCall) : undefined),
    async amend(trailCall, answer) {
      const { operation } = trailCall.call;
      if (operation === 'CreateTrail' || operation === 'UpdateTrail') note(trails, answer);
      if (operation !== 'DescribeTrails') return answer;
      return { ...answer, trailList: await withOrganizationTrails(trailCall, trails, answer) };
    },
  };
}

function note(trails: Set<string>, answer: Members): void {
  const arn = textMember(answer, 'TrailARN');
  if (answer.IsOrganizationTrail === true) trails.add(arn);
  else trails.delete(arn);
}

/** A member's list: its own trails, and those of the organization that it may see in this Region. */
async function withOrganizationTrails(
  { call, members, ask }: TrailCall,
  trails: ReadonlySet<string>,
  answer: Members,
): Promise<readonly unknown[]> {
  const listed = listOf(answer.trailList);
  const named = listOf(members.trailNameList);
  const foreign = [...trails].filter(
    (arn) =>
      parseArn(arn).accountId !== call.accountId && (named.length === 0 || named.includes(arn)),
  );
  const found = await Promise.all(
    foreign.map(async (arn) => {
      const { status, members: one } = await ask(
        'DescribeTrails',
        { ...members, trailNameList: [arn] },
        parseArn(arn).accountId,
      );
      return status === 200 ? listOf(one.trailList).map(membersOf) : [];
    }),
  );
  return [...listed, ...found.flat()];
}

function isRead(operation: string): boolean {
  return /^(?:Get|List|Describe)/.test(operation);
}
