import { isAbout, namesPrincipal, type Request } from './match-statement.ts';
import type { LocatedStatement, Location } from './policies.ts';

/** What policies say to a request. */
export interface Access {
  /** Statements that together allow it; none: it is denied. */
  readonly grantedBy: readonly Location[];
  /** Statements that deny it, whatever others allow. */
  readonly deniedBy: readonly Location[];
}

export interface PolicySet {
  /** The principal's own policies; none for a service. */
  readonly identity?: readonly LocatedStatement[];
  /** The resource's policies. */
  readonly resource?: readonly LocatedStatement[];
  /** Keys, roles and resources of other accounts: the principal's own policies are not enough. */
  readonly resourceDecides?: boolean;
}

/**
 * Evaluates a request as IAM does, for one account or across two.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export function accessTo(request: Request, policies: PolicySet): Access {
  const {
    identity = [],
    resource = [],
    resourceDecides = 'service' in request.principal,
  } = policies;
  const own = identity.filter(({ statement }) => isAbout(statement, request));
  const named = (how: 'itself' | 'account') =>
    resource.filter(
      ({ statement }) =>
        namesPrincipal(statement, request.principal) === how && isAbout(statement, request),
    );
  const [direct, account] = [named('itself'), named('account')];
  const deniedBy = [...own, ...direct, ...account].filter(isDeny).map(({ at }) => at);
  const allowing = (statements: readonly LocatedStatement[]) =>
    statements.filter((one) => !isDeny(one)).map(({ at }) => at);
  if (!resourceDecides) {
    return { grantedBy: [...allowing(own), ...allowing(direct)], deniedBy };
  }
  // A statement that names the account hands the decision to the principal's own policies.
  const delegated = allowing(own).length > 0 ? allowing(account) : [];
  return { grantedBy: [...allowing(direct), ...delegated], deniedBy };
}

function isDeny({ statement }: LocatedStatement): boolean {
  return statement.Effect === 'Deny';
}

export function isAllowed({ grantedBy, deniedBy }: Access): boolean {
  return grantedBy.length > 0 && deniedBy.length === 0;
}
