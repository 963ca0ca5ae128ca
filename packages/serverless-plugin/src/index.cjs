'use strict';

const { functionResources } = require('./function-resources.cjs');
const { applyHouseDefaults } = require('./house-defaults.cjs');
const { keptResources } = require('./kept-resources.cjs');
const { mendTemplate } = require('./mend-template.cjs');

/**
 * What every service of Riposte has in common, and what the framework forgets. See this package's README.
 *
 * @example
 * plugins: [serverless-esbuild, serverless-iam-roles-per-function, '@riposte/serverless-plugin']
 * custom: { riposte: { alarmTopic: { 'Fn::ImportValue': 'riposte-dev-AlertsTopicArn' } } }
 */
class RiposteServerlessPlugin {
  constructor(serverless, _options, { log } = {}) {
    this.serverless = serverless;
    this.log = log;
    serverless.configSchemaHandler?.defineCustomProperties({
      type: 'object',
      properties: {
        riposte: {
          type: 'object',
          properties: {
            alarmTopic: { type: 'object' },
            reservedConcurrency: { anyOf: [{ type: 'number' }, { type: 'string' }] },
          },
          required: ['alarmTopic'],
          additionalProperties: false,
        },
      },
    });
    this.hooks = {
      initialize: () => this.initialize(),
      'before:package:compileFunctions': () => this.addFunctionResources(),
      // Later than the roles plugin, and after the service's own resources were merged.
      'after:aws:package:finalize:mergeCustomProviderResources': () => mendTemplate(this.template),
      'after:remove:remove': () => this.sayWhatIsKept(),
    };
  }

  get template() {
    return this.serverless.service.provider.compiledCloudFormationTemplate;
  }

  initialize() {
    const { service } = this.serverless;
    const aws = this.serverless.getProvider('aws');
    applyHouseDefaults(service, {
      service: service.service,
      stage: aws.getStage(),
      region: aws.getRegion(),
    });
  }

  /** Whoever removes a service knows afterwards what is left of it. */
  sayWhatIsKept() {
    const kept = keptResources(this.serverless.service);
    if (kept.length > 0) this.log?.notice(`Kept, where it was made: ${kept.join(', ')}`);
  }

  addFunctionResources() {
    const { service } = this.serverless;
    const { alarmTopic } = service.custom.riposte;
    for (const [name, { name: functionName }] of Object.entries(service.functions)) {
      Object.assign(this.template.Resources, functionResources(name, { functionName, alarmTopic }));
    }
  }
}

module.exports = RiposteServerlessPlugin;
