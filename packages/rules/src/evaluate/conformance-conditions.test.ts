import { describe, expect, it } from '@jest/globals';
import type { Condition } from '../model/condition.ts';
import type { ResourceContext } from '../model/rule-set.ts';
import { type Case, isMatch, source, titled } from './testing/conformance.ts';
import { asffOf, guardDutyOf, ocsfOf } from './testing/findings.ts';

const asff: Condition = { asff: { RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }] } };
const notAsff: Condition = { asff: { RecordState: [{ Value: 'X', Comparison: 'EQUALS' }] } };
const ocsf: Condition = {
  ocsf: {
    CompositeFilters: [
      {
        StringFilters: [
          { FieldName: 'class_name', Filter: { Value: 'Compliance', Comparison: 'PREFIX' } },
        ],
      },
    ],
  },
};
const always: Condition = { always: true };
const never: Condition = { not: always };

/** Conditions, and on which of an ASFF, an OCSF and a GuardDuty finding they are true. */
const logic: readonly (readonly [title: string, Condition, string])[] = [
  ['always', always, '111'],
  ['not always', never, '000'],
  ['criteria of ASFF', asff, '100'],
  ['criteria of ASFF, denied', { not: asff }, '000'],
  ['criteria of ASFF that are false, denied', { not: notAsff }, '100'],
  ['criteria of ASFF, denied twice', { not: { not: asff } }, '100'],
  ['criteria of OCSF', ocsf, '010'],
  ['criteria of OCSF, denied', { not: ocsf }, '000'],
  ['any of both', { any: [asff, ocsf] }, '110'],
  ['any of one and what is true', { any: [asff, always] }, '111'],
  ['any of one and what is false', { any: [asff, never] }, '100'],
  ['any of one and what is false, denied', { not: { any: [notAsff, never] } }, '100'],
  ['all of both', { all: [asff, ocsf] }, '000'],
  ['all of both, denied', { not: { all: [asff, ocsf] } }, '000'],
  ['all of one and what is true', { all: [asff, always] }, '100'],
  ['all of one and what is false, denied', { not: { all: [asff, never] } }, '111'],
  ['all of nothing', { all: [] }, '111'],
  ['any of nothing', { any: [] }, '000'],
];

const findings = [asffOf(), ocsfOf(), guardDutyOf()] as const;
const logicCases = logic.flatMap(([title, when, expected]) =>
  findings.map(
    (finding, index): Case => ({
      title: `${title}, of a finding in the format ${finding.format},`,
      source: source.riposte,
      when,
      finding,
      matches: expected[index] === '1',
    }),
  ),
);

const finding = asffOf({
  Title: 'Port 22 is open to the world',
  Confidence: 80,
  ProductFields: { resourceOwner: 'payments', 'app.kubernetes.io/name': 'shop', score: '7.5' },
  Resources: [
    {
      Id: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1',
      Type: 'AwsEc2Instance',
      Tags: { 'a.b': 'c' },
    },
    { Id: 'arn:aws:s3:::logs', Type: 'AwsS3Bucket' },
  ],
  Note: null,
  RelatedFindings: [],
});

const tests: readonly (readonly [Condition, boolean])[] = [
  [{ test: { field: 'ProductFields.resourceOwner', equals: 'payments' } }, true],
  [{ test: { field: 'ProductFields.resourceOwner', equals: ['search', 'payments'] } }, true],
  [{ test: { field: 'ProductFields.resourceOwner', equals: 'Payments' } }, false],
  [{ test: { field: 'ProductFields.app.kubernetes.io/name', equals: 'shop' } }, true],
  [{ test: { field: 'Resources.Tags.a.b', equals: 'c' } }, true],
  [{ test: { field: 'Resources.Type', prefix: 'AwsS3' } }, true],
  [{ test: { field: 'Resources.Type', prefix: ['AwsRds', 'AwsEc2'] } }, true],
  [{ test: { field: 'Title', contains: '22 is' } }, true],
  [{ test: { field: 'Title', contains: ['23', '24'] } }, false],
  [{ test: { field: 'Resources.Id', glob: 'arn:aws:ec2:*:instance/i-?' } }, true],
  [{ test: { field: 'Resources.Id', glob: 'arn:aws:s3' } }, false],
  [{ test: { field: 'Resources.Id', glob: ['*nothing*', '*:logs'] } }, true],
  [{ test: { field: 'Title', matches: 'Port \\d+ ' } }, true],
  [{ test: { field: 'Title', matches: '^port' } }, false],
  [{ test: { field: 'Title', matches: '(?i)^port' } }, true],
  [{ test: { field: 'Resources.Type', prefix: 'AwsEc2', contains: 'Bucket' } }, true],
  [{ test: { field: 'Resources.Type', equals: 'AwsEc2Instance', contains: 'Queue' } }, false],
  [{ test: { field: 'Confidence', gte: 80 } }, true],
  [{ test: { field: 'Confidence', gte: 50, lte: 79 } }, false],
  [{ test: { field: 'Confidence', equals: '80' } }, true],
  [{ test: { field: 'ProductFields.score', gte: 7 } }, true],
  [{ test: { field: 'Title', gte: 0 } }, false],
  [{ test: { field: 'Compliance', exists: false } }, true],
  [{ test: { field: 'Note', exists: false } }, true],
  [{ test: { field: 'RelatedFindings', exists: false } }, true],
  [{ test: { field: 'Resources', exists: true } }, true],
  [{ test: { field: 'ProductFields', exists: true } }, true],
  [{ test: { field: 'ProductFields.constructor', exists: true } }, false],
  [{ test: { field: '__proto__', exists: true } }, false],
  [{ not: { test: { field: 'Compliance.Status', equals: 'PASSED' } } }, true],
];
const testCases = tests.map(
  ([when, matches]): Case => ({
    title: JSON.stringify(when),
    source: source.riposte,
    when,
    finding,
    matches,
  }),
);

const tagged = asffOf({
  Resources: [
    { Id: 'r', Tags: { team: 'payments', env: 'prod' } },
    { Id: 'r', Tags: { team: 'search', stage: '' } },
  ],
});
const live: ResourceContext = { tags: { team: 'ledger', zone: 'a' } };
const unread: ResourceContext = { unknown: ['tags'] };
const known: ResourceContext = { owner: 'jane', environment: 'production' };
const partly: ResourceContext = { owner: 'jane', unknown: ['team'] };

const contexts: readonly (readonly [Condition, ResourceContext | undefined, boolean])[] = [
  [{ tags: { team: 'payments' } }, undefined, true],
  [{ tags: { team: ['ledger', 'search'] } }, undefined, true],
  [{ tags: { team: 'Payments' } }, undefined, false],
  [{ tags: { team: '*' } }, undefined, true],
  [{ tags: { stage: '*' } }, undefined, true],
  [{ tags: { owner: '*' } }, undefined, false],
  [{ tags: { team: 'payments', env: 'prod' } }, undefined, true],
  [{ tags: { team: 'search', env: 'prod' } }, undefined, false],
  [{ tags: { team: '*', env: ['prod', 'dev'] } }, undefined, true],
  [{ not: { tags: { team: 'search', env: 'prod' } } }, undefined, true],
  [{ tags: { team: 'ledger' } }, live, true],
  [{ tags: { team: 'ledger', zone: '*' } }, live, true],
  [{ tags: { team: 'ledger', env: 'prod' } }, live, false],
  [{ tags: { team: 'payments' } }, unread, true],
  [{ tags: { team: 'ledger' } }, unread, false],
  [{ not: { tags: { team: 'ledger' } } }, unread, false],
  [{ not: { tags: { team: 'ledger' } } }, undefined, true],
  [{ not: { tags: { team: 'payments' } } }, unread, false],
  [{ owner: { owner: 'jane' } }, known, true],
  [{ owner: { owner: ['joe', 'jane'], environment: 'production' } }, known, true],
  [{ owner: { owner: 'jane', environment: 'staging' } }, known, false],
  [{ owner: { team: 'payments' } }, known, false],
  [{ not: { owner: { team: 'payments' } } }, known, true],
  [{ owner: { team: 'payments' } }, partly, false],
  [{ not: { owner: { team: 'payments' } } }, partly, false],
  [{ not: { owner: { owner: 'joe', team: 'payments' } } }, partly, true],
  [{ any: [{ owner: { team: 'payments' } }, { owner: { owner: 'jane' } }] }, partly, true],
  [{ not: { owner: { owner: 'jane' } } }, undefined, false],
];
const contextCases = contexts.map(
  ([when, context, matches]): Case => ({
    title: `${JSON.stringify(when)}, of ${JSON.stringify(context ?? 'nothing')} known,`,
    source: source.riposte,
    when,
    finding: tagged,
    matches,
    ...(context && { context }),
  }),
);

const guardDuty = guardDutyOf({ Service: { Count: 3 }, Resource: { ResourceType: 'Instance' } });
const guardDutyCases: readonly Case[] = [
  {
    title: 'a test of a field in GuardDuty’s own format',
    source: source.riposte,
    when: { test: { field: 'Service.Count', gte: 3 } },
    finding: guardDuty,
    matches: true,
  },
  {
    title: 'tags in GuardDuty’s own format',
    source: source.riposte,
    when: { tags: { team: 'payments' } },
    finding: guardDuty,
    matches: true,
  },
];

const all = [...logicCases, ...testCases, ...contextCases, ...guardDutyCases];

describe('conditions', () => {
  it.each(titled(all))('%s', (_title, one) => {
    expect(isMatch(one)).toBe(one.matches);
  });

  it('refuse an expression that RE2 does not know', () => {
    const wrong: Case = {
      title: 'backreference',
      source: source.riposte,
      when: { test: { field: 'Title', matches: '(a)\\1' } },
      finding,
      matches: false,
    };
    expect(() => isMatch(wrong)).toThrow('is no expression in RE2 syntax');
  });
});
