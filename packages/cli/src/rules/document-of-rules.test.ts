import { describe, expect, it } from '@jest/globals';
import { givenRules } from '@riposte/rules';
import { documentOfRules } from './document-of-rules.ts';

describe('documentOfRules', () => {
  it('reads templates in YAML, functions and all', () => {
    const template = [
      'Resources:',
      '  A:',
      '    Type: AWS::SecurityHub::AutomationRuleV2',
      '    Properties:',
      '      RuleName: !Sub "name-a"',
      '      Criteria: { OcsfFindingCriteria: {} }',
    ].join('\n');
    expect(givenRules(documentOfRules(template))).toEqual([
      {
        service: 'v2',
        logicalId: 'A',
        rule: {
          RuleName: expect.stringContaining('-a'),
          Criteria: { OcsfFindingCriteria: {} },
        },
      },
    ]);
  });

  it.each([
    ['holds no rule', '{"a": 1}', /holds no automation rule/],
    ['is neither JSON nor YAML', '{"a": ', /neither JSON nor YAML/],
  ])('refuses a file that %s', (_what, text, words) => {
    expect(() => documentOfRules(text)).toThrow(
      expect.objectContaining({ field: '--from', message: expect.stringMatching(words) }),
    );
  });
});
