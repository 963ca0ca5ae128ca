import { describe, expect, it } from '@jest/globals';
import { accessTo, isAllowed } from './access.ts';
import type { JsonObject } from './json.ts';
import { arnMatches, isAbout, namesPrincipal, type Request } from './match-statement.ts';
import type { LocatedStatement } from './policies.ts';

const queue = 'arn:aws:sqs:eu-west-1:111122223333:queue';
const role = 'arn:aws:iam::111122223333:role/function';

function located(...statements: JsonObject[]): readonly LocatedStatement[] {
  return statements.map((statement, index) => ({
    statement,
    at: { stack: 's', resource: 'r', path: [index] },
  }));
}

const send = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue };
const asked: Request = { principal: { arn: role }, action: 'sqs:SendMessage', resource: queue };

function about(condition: JsonObject, context: Readonly<Record<string, string>> = {}): boolean {
  return isAbout({ ...send, Condition: condition }, { ...asked, context });
}

describe('a statement', () => {
  it('is about actions and resources by name or pattern, whatever the case of an action', () => {
    expect(isAbout(send, asked)).toBe(true);
    expect(isAbout({ ...send, Action: 'SQS:send*' }, asked)).toBe(true);
    expect(isAbout({ ...send, Resource: ['arn:aws:sqs:*:*:q????'] }, asked)).toBe(true);
    expect(isAbout({ ...send, Action: ['sqs:ReceiveMessage'] }, asked)).toBe(false);
    expect(isAbout({ ...send, Resource: `${queue}s` }, asked)).toBe(false);
  });

  it.each([
    [{ StringEquals: { 'aws:SourceAccount': ['1', '2'] } }, { 'aws:sourceaccount': '2' }, true],
    [{ StringEquals: { 'aws:SourceAccount': '1' } }, {}, false],
    [{ StringNotEquals: { 'aws:SourceAccount': '1' } }, {}, true],
    [{ StringLike: { 'kms:ViaService': 'sns.*' } }, { 'kms:ViaService': 'sns.eu-west-1' }, true],
    [{ StringNotLike: { 'kms:ViaService': 'sns.*' } }, { 'kms:ViaService': 'sns.x' }, false],
    [
      { ArnLike: { 'aws:SourceArn': 'arn:aws:s:*:1:a-*' } },
      { 'aws:SourceArn': 'arn:aws:s:r:1:a-b' },
      true,
    ],
    [{ ArnNotLike: { 'aws:PrincipalArn': [] } }, { 'aws:PrincipalArn': role }, true],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:SecureTransport': 'true' }, false],
    [{ Null: { 's3:if-none-match': 'true' } }, {}, true],
    [{ Null: { 's3:if-none-match': 'true' } }, { 's3:if-none-match': '*' }, false],
  ])('with the condition %j holds for %j: %p', (condition, context, holds) => {
    expect(about(condition, context)).toBe(holds);
  });

  it('gets no answer where it uses what is not known', () => {
    expect(() => about({ IpAddress: { 'aws:SourceIp': '::1' } })).toThrow('IpAddress');
    expect(() => isAbout({ ...send, NotAction: 'sqs:SendMessage' }, asked)).toThrow('NotAction');
  });

  it.each([
    ['*', 'itself'],
    [{ AWS: '*' }, 'itself'],
    [{ AWS: role }, 'itself'],
    [{ AWS: 'arn:aws:iam::111122223333:root' }, 'account'],
    [{ AWS: '111122223333' }, 'account'],
    [{ AWS: 'arn:aws:iam::444455556666:root' }, undefined],
    [{ Service: 'sns.amazonaws.com' }, undefined],
    [undefined, undefined],
  ])('whose principal is %j names a role: %p', (Principal, named) => {
    expect(namesPrincipal({ Principal }, { arn: role })).toBe(named);
  });
});

describe('patterns of ARNs', () => {
  it('reach over no colon but in the last part', () => {
    expect(arnMatches('*', queue)).toBe(true);
    expect(arnMatches('arn:aws:sqs:*:queue', queue)).toBe(false);
    expect(arnMatches('arn:aws:logs:r:1:log-group:a:*', 'arn:aws:logs:r:1:log-group:a:b:c')).toBe(
      true,
    );
  });
});

describe('access', () => {
  const byService: Request = { ...asked, principal: { service: 'events.amazonaws.com' } };

  it("of a role comes from its own policies, or from the resource's", () => {
    expect(isAllowed(accessTo(asked, { identity: located(send) }))).toBe(true);
    expect(
      isAllowed(accessTo(asked, { resource: located({ ...send, Principal: { AWS: role } }) })),
    ).toBe(true);
    expect(isAllowed(accessTo(asked, {}))).toBe(false);
  });

  it('of a service comes from the resource alone', () => {
    const policy = located({ ...send, Principal: { Service: 'events.amazonaws.com' } });
    expect(isAllowed(accessTo(byService, { resource: policy }))).toBe(true);
    expect(isAllowed(accessTo(byService, { identity: located(send) }))).toBe(false);
  });

  it('ends where any statement denies it', () => {
    const deny = { ...send, Effect: 'Deny', Principal: '*' };
    const access = accessTo(asked, { identity: located(send), resource: located(deny) });
    expect(access.deniedBy).toHaveLength(1);
    expect(isAllowed(access)).toBe(false);
  });

  it('to a key that names the account needs both sides', () => {
    const resource = located({ ...send, Principal: { AWS: 'arn:aws:iam::111122223333:root' } });
    const both = { identity: located(send), resource, resourceDecides: true };
    expect(isAllowed(accessTo(asked, both))).toBe(true);
    expect(isAllowed(accessTo(asked, { ...both, identity: [] }))).toBe(false);
    expect(isAllowed(accessTo(asked, { ...both, resource: [] }))).toBe(false);
  });
});
