import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RulesDesk, rulesDesk, sampleChannels, samplePack } from '../testing/rules-desk.ts';
import type { LiveRules, SecurityHubPorts } from './ports.ts';

const v1 = {
  RuleArn: 'arn:aws:securityhub:eu-west-1:123456789012:automation-rule/1',
  RuleStatus: 'ENABLED',
  RuleOrder: 5,
  RuleName: 'Suppress sandboxes',
  Description: 'Nobody looks there',
  IsTerminal: true,
  Criteria: { AwsAccountId: [{ Value: '123456789012', Comparison: 'EQUALS' }] },
  Actions: [
    { Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { Workflow: { Status: 'SUPPRESSED' } } },
  ],
};
const v2 = {
  RuleStatus: 'ENABLED',
  RuleOrder: 7,
  RuleName: 'Raise',
  Description: 'Raise',
  Criteria: {
    OcsfFindingCriteria: {
      CompositeFilters: [
        {
          StringFilters: [
            { FieldName: 'cloud.region', Filter: { Value: 'eu-west-1', Comparison: 'EQUALS' } },
          ],
          Operator: 'AND',
        },
      ],
      CompositeOperator: 'AND',
    },
  },
  Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { SeverityId: 5 } }],
};

let desk: RulesDesk;
beforeEach(async () => {
  desk = await rulesDesk();
});
afterEach(() => desk.clear());

function hub(first: Partial<LiveRules>, second: Partial<LiveRules>) {
  const notUsed = () => {
    throw new TypeError('not used');
  };
  const ports: SecurityHubPorts = {
    findings: notUsed,
    findingsById: notUsed,
    rulesV1: async () => ({ rules: [], gaps: [], ...first }),
    rulesV2: async () => ({ rules: [], gaps: [], ...second }),
  };
  return { openSecurityHub: async () => ports };
}

describe('riposte rules import', () => {
  it('makes a rule file of what Security Hub has, and says what could not be asked', async () => {
    const { out, notes } = await desk.rules(
      ['import'],
      hub({ rules: [v1] }, { gaps: ['Security Hub (OCSF) is not enabled'] }),
    );
    expect(out).toContain('pack: security-hub-cspm');
    expect(out).toContain('name: Suppress sandboxes');
    expect(notes).toContain('Security Hub (OCSF) is not enabled');
  });

  it('asks for the rules of one service alone', async () => {
    const both = hub({ rules: [v1] }, { rules: [v2] });
    expect((await desk.rules(['import', '--v1'], both)).out).toContain('Suppress sandboxes');
    expect((await desk.rules(['import', '--v2'], both)).out).toContain('name: Raise');
    await expect(desk.rules(['import'], both)).rejects.toMatchObject({ field: '--v1' });
    await expect(desk.rules(['import', '--v1', '--v2'], both)).rejects.toMatchObject({
      field: '--v2',
    });
    await expect(desk.rules(['import'], hub({}, {}))).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('writes a new file, and no other', async () => {
    await desk.write({ 'rules.json': JSON.stringify({ Rules: [v1] }) });
    const argv = ['import', '--from', 'rules.json', '--out', 'a.rules.yaml', '--pack', 'mine'];
    expect((await desk.rules(argv)).out).toBe('1 rule in a.rules.yaml');
    expect(await readFile(join(desk.folder, 'a.rules.yaml'), 'utf8')).toContain('pack: mine');
    await expect(desk.rules(argv)).rejects.toMatchObject({ name: 'RefusedError', exitCode: 3 });
    const nowhere = [...argv.slice(0, 4), 'no/a.rules.yaml'];
    await expect(desk.rules(nowhere)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('says how a template calls a rule', async () => {
    const { RuleArn: _arn, ...Properties } = v1;
    const template = {
      Resources: { Sandboxes: { Type: 'AWS::SecurityHub::AutomationRule', Properties } },
    };
    await desk.write({ 'template.json': JSON.stringify(template) });
    const { out } = await desk.rules(['import', '--from', 'template.json']);
    expect(out).toContain('# resource Sandboxes');
  });

  it('names rules that it cannot read', async () => {
    await desk.write({ 'rules.json': JSON.stringify([v1, { Criteria: {} }]) });
    const { notes } = await desk.rules(['import', '--from', 'rules.json']);
    expect(notes).toContain('rule 2 is not imported');
  });
});

describe('riposte rules export', () => {
  it.each([
    ['v1', v1],
    ['v2', v2],
  ])('gives back what import took in: %s', async (format, rule) => {
    await desk.write({ 'rules.json': JSON.stringify(rule) });
    await desk.rules(['import', '--from', 'rules.json', '--out', 'a.rules.yaml']);
    const { out, status, notes } = await desk.rules(['export', '.', '--format', format]);
    const { RuleArn: _arn, ...input }: Readonly<Record<string, unknown>> = rule;
    expect(JSON.parse(out)).toEqual([input]);
    expect({ status, notes }).toEqual({ status: 0, notes: '' });
  });

  it('says what cannot be said there', async () => {
    await desk.write({ 'r/a.rules.yaml': samplePack, 'r/channels.yaml': sampleChannels });
    const argv = ['export', 'r', '--format', 'v1', '--pack', 'sample'];
    const { out, status, notes } = await desk.rules(argv);
    expect(JSON.parse(out)).toMatchObject([{ RuleName: 'raise' }]);
    expect(notes).toMatch(/sample\/tell is not written: /);
    expect(status).toBe(1);
  });

  it('refuses a pack that there is not', async () => {
    await desk.write({ 'r/a.rules.yaml': samplePack, 'r/channels.yaml': sampleChannels });
    const argv = ['export', 'r', '--format', 'v1', '--pack', 'x'];
    await expect(desk.rules(argv)).rejects.toMatchObject({
      field: '--pack',
      remedy: 'give one of: sample',
    });
  });
});
