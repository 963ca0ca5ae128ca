import { describe, expect, it } from '@jest/globals';
import type { ChannelType } from '@riposte/rules';
import { checkTemplate } from './check-template.ts';
import { defaultTemplates } from './default-templates.ts';

const types: readonly ChannelType[] = [
  ...(['slack', 'teams', 'pagerduty', 'webhook', 'sns', 'jira', 'servicenow'] as const),
];

describe('checkTemplate', () => {
  it.each(types)('finds nothing wrong with the default templates of %s', (type) => {
    const { title, body } = defaultTemplates(type);
    expect(checkTemplate(title)).toBeUndefined();
    expect(checkTemplate(body)).toBeUndefined();
  });

  it.each([
    ['{{ labels.anything }} {{ labels["x"] }}'],
    ['{% assign n = findings | size %}{{ n }}'],
    ['{% if finding.riskScore > 50 %}high{% endif %}'],
    ['no variable at all'],
  ])('finds nothing wrong with %s', (text) => {
    expect(checkTemplate(text)).toBeUndefined();
  });

  it.each([
    ['{{ titel }}', 'undefined variable: titel; known are status,', 1, 4],
    ['a\n{{ finding.titel }}', 'undefined variable: finding.titel', 2, 4],
    ['{% for f in findings %}{{ f.x }}{% endfor %}', 'undefined variable: f.x', 1, 27],
    ['{% if status == "never" %}{{ never }}{% endif %}', 'undefined variable: never', 1, 30],
    ["{% if status == 'resolved' %}{{ finding.y }}{% endif %}", 'undefined variable', 1, 33],
  ])('warns of the unknown variable in %s', (text, message, line, column) => {
    expect(checkTemplate(text)).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining(message),
      line,
      column,
    });
  });

  it.each([
    ['x\n{% if %}', 'invalid', 2],
    ['{% if status %}', 'not closed', 1],
    ['{{ status | shout }}', 'undefined filter: shout', 1],
    ['{{ status | raw }}', 'undefined filter: raw', 1],
    ["{% include 'x' %}", '"include" not found', 1],
    ['{% for i in (1..100000000) %}{% endfor %}', 'limit exceeded', 1],
    ['x'.repeat(20_001), 'limit exceeded', 1],
  ])('refuses %s', (text, message, line) => {
    expect(checkTemplate(text)).toMatchObject({
      severity: 'error',
      message: expect.stringContaining(message),
      line,
    });
  });
});
