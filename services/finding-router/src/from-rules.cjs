'use strict';

const { resolve } = require('node:path');

// What serverless.yml takes from the rules: event patterns, the addresses that parameters give, and the permissions that actions and topics need.
const rulesOf = async ({ resolveVariable }) => {
  const { readRules } = await import('./rule-set.ts');
  return readRules(resolve(__dirname, '..', await resolveVariable('param:rulesFolder')));
};

const pattern = (format) => async (framework) => {
  const { eventPattern } = await import('./event-pattern.ts');
  return eventPattern(await rulesOf(framework), format);
};

const ownEnvironment = ({ resolveConfigurationProperty }) =>
  resolveConfigurationProperty(['custom', 'environment']);

/** By the names of the rules' variables. */
const addressesOf = async (rules, framework) => {
  const { ruleAddresses } = await import('./rule-addresses.ts');
  const parameter = (name) => framework.resolveVariable(`param:${name}, ''`);
  return ruleAddresses(rules, await ownEnvironment(framework), parameter);
};

/** The environment under `custom.environment`, and the addresses that the rules need besides. */
const environment = async (framework) => ({
  ...(await ownEnvironment(framework)),
  ...(await addressesOf(await rulesOf(framework), framework)),
});

/** The statements under `custom.statements`, and those that the rules need besides. */
const statements = (of, name) => async (framework) => {
  const permissions = await import('./rule-permissions.ts');
  const { resolvePlaceholders } = await import('@riposte/rules');
  const always = await framework.resolveConfigurationProperty(['custom', 'statements', name]);
  const rules = await rulesOf(framework);
  const { ruleSet } = resolvePlaceholders(rules, await addressesOf(rules, framework));
  return [...always, ...permissions[of](ruleSet)];
};

module.exports = {
  asff: pattern('asff'),
  ocsf: pattern('ocsf'),
  environment,
  act: statements('actionPermissions', 'act'),
  deliverSns: statements('topicPermissions', 'deliverSns'),
};
