import { beforeAll, describe, expect, it } from '@jest/globals';
import { sessionPolicy } from '../../services/fim-detector/src/import/hub-clients.ts';
import { accessTo, isAllowed } from './access.ts';
import { type JsonObject, listAt } from './json.ts';
import { identityStatements, type LocatedStatement, trustStatements } from './policies.ts';
import { resolveStack } from './resolve-stack.ts';
import { type Place, placedResources } from './stack.ts';
import { readYamlTemplate } from './yaml-template.ts';

const home = '123456789012';
const member: Place = { accountId: '222222222222', region: 'eu-west-1', partition: 'aws' };
const hub = `arn:aws:securityhub:us-east-1:${member.accountId}:hub/default`;
const product = `arn:aws:securityhub:us-east-1:${member.accountId}:product/${member.accountId}/default`;
const detector = `arn:aws:iam::${home}:role/riposte-fim-detector-prod-compare-us-east-1-lambdaRole`;
const guard = `arn:aws:iam::${home}:role/riposte-cloudtrail-guard-prod-sweep-us-east-1-lambdaRole`;

describe('the role in other accounts that findings are handed in with', () => {
  let template: JsonObject;
  beforeAll(async () => {
    template = await readYamlTemplate(
      new URL('../../services/foundation/templates/member-role.yml', import.meta.url),
    );
  });

  function roles(parameters: Readonly<Record<string, string>> = {}) {
    const stack = resolveStack(template, {
      name: 'member-role',
      place: member,
      parameters: {
        ...{ Stage: 'prod', HomeAccountId: home, OrganizationId: 'o-abcd123456' },
        ...{ Access: 'full', OperatorRole: '', FileFindings: 'true', ...parameters },
      },
    });
    return placedResources([stack], 'AWS::IAM::Role');
  }

  function findingsRole() {
    const role = roles().find(({ resource }) => resource.id === 'FindingsRole');
    if (!role) throw new TypeError('there is no such role');
    return role;
  }

  function entersAs(arn: string, changes: Readonly<Record<string, string>> = {}): boolean {
    const role = findingsRole();
    const context = {
      'aws:PrincipalArn': arn,
      'aws:PrincipalOrgID': 'o-abcd123456',
      'sts:SourceIdentity': 'fim-compare',
      ...changes,
    };
    const request = { principal: { arn }, action: 'sts:AssumeRole', resource: role.resource.arn };
    const allowed = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: role.resource.arn };
    const at = { stack: 's', resource: 'r', path: [] };
    return isAllowed(
      accessTo(
        { ...request, context },
        {
          identity: [{ statement: allowed, at }],
          resource: trustStatements(role),
          resourceDecides: true,
        },
      ),
    );
  }

  function may(action: string, resource: string, context: Readonly<Record<string, string>> = {}) {
    const principal = { arn: findingsRole().resource.arn };
    const identity = identityStatements(findingsRole());
    return isAllowed(accessTo({ principal, action, resource, context }, { identity }));
  }

  it('lets the detector of its stage and organization in, in its own name, and nobody else', () => {
    expect(entersAs(detector)).toBe(true);
    expect(entersAs(guard)).toBe(false);
    expect(entersAs(detector.replace('-prod-', '-dev-'))).toBe(false);
    expect(entersAs(detector, { 'aws:PrincipalOrgID': 'o-strangers00' })).toBe(false);
    expect(entersAs(detector, { 'sts:SourceIdentity': 'inc-1' })).toBe(false);
  });

  it('hands in, reads, resolves and reopens the account’s own findings, in any Region (F4)', () => {
    expect(may('securityhub:BatchImportFindings', product)).toBe(true);
    expect(may('securityhub:GetFindings', hub)).toBe(true);
    const status = 'securityhub:ASFFSyntaxPath/Workflow.Status';
    for (const workflow of ['RESOLVED', 'NEW'])
      expect(may('securityhub:BatchUpdateFindings', hub, { [status]: workflow })).toBe(true);
  });

  it('suppresses no finding, hands in for no other product, and touches no trail', () => {
    const status = 'securityhub:ASFFSyntaxPath/Workflow.Status';
    for (const workflow of ['SUPPRESSED', 'NOTIFIED'])
      expect(may('securityhub:BatchUpdateFindings', hub, { [status]: workflow })).toBe(false);
    const theirs = 'arn:aws:securityhub:us-east-1::product/aws/guardduty';
    expect(may('securityhub:BatchImportFindings', theirs)).toBe(false);
    const trail = `arn:aws:cloudtrail:us-east-1:${member.accountId}:trail/main`;
    expect(may('cloudtrail:UpdateTrail', trail)).toBe(false);
  });

  it('grants all that a session asks for', () => {
    const statements: readonly LocatedStatement['statement'][] = listAt(
      Object(sessionPolicy({ account: member.accountId, region: 'us-east-1', partition: 'aws' })),
      'Statement',
    ).map((statement) => Object(statement));
    for (const { Action, Resource } of statements)
      for (const action of [Action].flat())
        expect(may(String(action), String(Resource))).toBe(true);
  });

  it('is left out where it is not wanted', () => {
    const ids = roles({ FileFindings: 'false' }).map(({ resource }) => resource.id);
    expect(ids).toEqual(['Role']);
  });

  it('lets the guard into its own role as before, and not the detector', () => {
    const role = roles().find(({ resource }) => resource.id === 'Role');
    expect(JSON.stringify(role?.resource.properties.AssumeRolePolicyDocument)).not.toContain('fim');
  });
});
