'use strict';

const patternOf = (format) => async () => {
  const { ruleSet } = await import('./rule-set.ts');
  const { eventPattern } = await import('./event-pattern.ts');
  return eventPattern(ruleSet, format);
};

// For serverless.yml: the patterns that the rules of this folder need.
module.exports = { asff: patternOf('asff'), ocsf: patternOf('ocsf') };
