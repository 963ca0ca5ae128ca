'use strict';

const { resolve } = require('node:path');

// What serverless.yml takes from the rules: event patterns, and the permissions that actions and topics need.
const rulesOf = async ({ resolveVariable }) => {
  const { readRules } = await import('./rule-set.ts');
  return readRules(resolve(__dirname, '..', await resolveVariable('param:rulesFolder')));
};

const pattern = (format) => async (framework) => {
  const { eventPattern } = await import('./event-pattern.ts');
  return eventPattern(await rulesOf(framework), format);
};

/** The statements under `custom.statements`, and those that the rules need besides. */
const statements = (of, name) => async (framework) => {
  const permissions = await import('./rule-permissions.ts');
  const always = await framework.resolveConfigurationProperty(['custom', 'statements', name]);
  return [...always, ...permissions[of](await rulesOf(framework))];
};

module.exports = {
  asff: pattern('asff'),
  ocsf: pattern('ocsf'),
  act: statements('actionPermissions', 'act'),
  deliverSns: statements('topicPermissions', 'deliverSns'),
};
