'use strict';

const { resolve } = require('node:path');

const patternOf =
  (format) =>
  async ({ resolveVariable }) => {
    const { readRules } = await import('./rule-set.ts');
    const { eventPattern } = await import('./event-pattern.ts');
    const folder = await resolveVariable('param:rulesFolder');
    return eventPattern(readRules(resolve(__dirname, '..', folder)), format);
  };

// For serverless.yml: the patterns that the rules need.
module.exports = { asff: patternOf('asff'), ocsf: patternOf('ocsf') };
