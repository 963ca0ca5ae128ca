'use strict';

const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const plugin = pathToFileURL(join(__dirname, '..', 'src', 'rule-set-plugin.ts')).href;
const folder = join(__dirname, '..', 'rules');

// serverless-esbuild requires this file; esbuild waits for what a plugin sets up.
module.exports = [
  {
    name: 'rule-set',
    async setup(build) {
      const { ruleSetPlugin } = await import(plugin);
      return ruleSetPlugin(folder).setup(build);
    },
  },
];
