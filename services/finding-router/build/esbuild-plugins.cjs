'use strict';

const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');

const plugin = pathToFileURL(join(__dirname, '..', 'src', 'rule-set-plugin.ts')).href;

/**
 * serverless-esbuild calls this file; esbuild waits for what a plugin sets up.
 *
 * @param serverless `custom.rulesFolder` says where the rules are, from the service's folder.
 */
module.exports = ({ service }) => [
  {
    name: 'rule-set',
    async setup(build) {
      const { ruleSetPlugin } = await import(plugin);
      const folder = resolve(__dirname, '..', service.custom.rulesFolder);
      return ruleSetPlugin(folder).setup(build);
    },
  },
];
