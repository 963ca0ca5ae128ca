import { describe, expect, it } from '@jest/globals';
import { loadRuleFolder } from '../folder/load-rule-folder.ts';
import { runRuleTests } from './run-rule-tests.ts';

const rules = `pack: demo
rules:
  - name: raise
    order: 20
    when: { asff: { Title: [{ Value: S3, Comparison: PREFIX }] } }
    then:
      - update: { severity: HIGH, userDefinedFields: { a: '1', b: '2' } }
      - notify: { channel: alerts }
  - name: first
    order: 10
    when: { owner: { team: blue } }
    then: [{ tag: { tags: { seen: 'yes' } } }]
  - name: sleeping
    enabled: false
    when: { always: true }
    then: [{ update: { criticality: 90 } }]
`;
const channels =
  'channels: [{ name: alerts, type: teams, secret: s }, { name: other, type: teams, secret: s }]';
const finding =
  '{ ProductArn: "arn:aws:securityhub:eu-west-1::product/aws/securityhub", AwsAccountId: "123456789012", Id: a, Title: S3 is open, Severity: { Label: LOW }, Resources: [{ Type: AwsS3Bucket, Id: a }] }';

function run(expectation: string, more = '', heading = '') {
  const text = `${heading}\ncases: [{ name: one, finding: ${finding}, expect: ${expectation} ${more} }]`;
  const { ruleSet, tests, problems } = loadRuleFolder([
    { path: 'a.rules.yaml', text: rules },
    { path: 'channels.yaml', text: channels },
    { path: 'a.tests.yaml', text },
  ]);
  expect(problems).toEqual([]);
  if (!ruleSet) throw new Error('the folder is right');
  return runRuleTests(ruleSet, tests).map(({ message }) => message);
}

describe('runRuleTests', () => {
  it.each([
    ['{ matches: [demo/raise], notMatches: [demo/first, demo/sleeping] }', ''],
    ['{ update: { severity: HIGH, workflow: null, userDefinedFields: { a: "1" } } }', ''],
    ['{ told: [alerts] }', ''],
    ['{ actions: [{ notify: { channel: alerts } }] }', ''],
    ['{ matches: [demo/first, demo/raise] }', ', context: { team: blue }'],
  ])('passes a case that expects %s', (expectation, more) => {
    expect(run(expectation, more)).toEqual([undefined]);
  });

  it.each([
    ['{ matches: [demo/first] }', 'matches: not demo/first; matched: demo/raise'],
    ['{ notMatches: [demo/raise] }', 'matches: demo/raise, which was not to match'],
    ['{ update: { severity: LOW } }', 'update.severity: expected "LOW", came "HIGH"'],
    ['{ update: { severity: null } }', 'update.severity: expected nothing, came "HIGH"'],
    [
      '{ update: { userDefinedFields: { a: x } } }',
      'update.userDefinedFields.a: expected "x", came "1"',
    ],
    ['{ told: [] }', 'told: expected nothing, came alerts'],
    ['{ told: [alerts, other] }', 'told: expected alerts, other, came alerts'],
    [
      '{ actions: [{ notify: { channel: other } }] }',
      'actions: expected {"notify":{"channel":"other"}}, came {"notify":{"channel":"alerts"}}',
    ],
    [
      '{ actions: [{ ticket: { channel: other } }] }',
      'actions: expected {"ticket":{"channel":"other"}}, came none of this kind',
    ],
    [
      '{ notMatches: [demo/rise] }',
      'expect.notMatches: no rule is called demo/rise; did you mean demo/raise?',
    ],
    ['{ told: [alrts] }', 'expect.told: no channel is called alrts; did you mean alerts?'],
  ])('says what differs where a case expects %s', (expectation, expected) => {
    expect(run(expectation)).toEqual([`a.tests.yaml:2 one\n  ${expected}`]);
  });

  it('says in which order rules matched that were expected in another', () => {
    expect(run('{ matches: [demo/raise, demo/first] }', ', context: { team: blue }')).toEqual([
      'a.tests.yaml:2 one\n  matches: expected in the order demo/raise, demo/first; came demo/first, demo/raise',
    ]);
  });

  it('counts rules as enabled that a file of cases enables, by id or by pack', () => {
    expect(run('{ matches: [demo/sleeping] }', '', 'enable: [demo/sleeping]')).toEqual([undefined]);
    expect(run('{ update: { criticality: 90 } }', '', 'enable: [demo/*]')).toEqual([undefined]);
  });

  it('says that a finding cannot be read', () => {
    const { ruleSet, tests } = loadRuleFolder([
      { path: 'a.rules.yaml', text: rules },
      { path: 'channels.yaml', text: channels },
      { path: 'a.tests.yaml', text: 'cases: [{ name: one, file: a.json, expect: {} }]' },
      { path: 'a.json', text: '{ "ProductArn": "x" }' },
    ]);
    expect(ruleSet && runRuleTests(ruleSet, tests)[0]?.message).toContain(
      'finding: cannot be read: finding is malformed at',
    );
  });
});
