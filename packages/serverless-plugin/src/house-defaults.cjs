'use strict';

const { queueIdOf } = require('./names.cjs');

/** As long as asynchronous invocation keeps an event itself. */
const retryPolicy = { maximumEventAge: 21600, maximumRetryAttempts: 8 };

/**
 * Gives each function of a service what rule 5 of the house asks for: a role of its own name, a dead-letter queue that its failures, its rules'
 * undelivered events and its impossible input go to, and its own name in its environment. What a service says itself is kept.
 *
 * It changes the configuration before anything reads it, so that `sls invoke local` sees the same environment as `sls deploy`.
 *
 * @param {object} service the framework's service
 * @param {{ service: string, stage: string, region: string }} names
 */
function applyHouseDefaults(service, names) {
  for (const [name, definition] of Object.entries(service.functions)) {
    const queueArn = { 'Fn::GetAtt': [queueIdOf(name), 'Arn'] };
    const events = (definition.events ?? []).filter(Boolean);
    definition.environment = {
      RIPOSTE_FUNCTION: name,
      DLQ_URL: { Ref: queueIdOf(name) },
      ...definition.environment,
    };
    definition.iamRoleStatements ??= [];
    definition.iamRoleStatementsName ??= roleName(name, names);
    definition.reservedConcurrency ??= reservation(service);
    for (const event of events) giveQueueToEvent(event, queueArn);
    if (events.some(({ eventBridge }) => eventBridge !== undefined)) {
      definition.destinations ??= { onFailure: { type: 'sqs', arn: queueArn } };
    }
  }
}

function giveQueueToEvent({ eventBridge, stream }, queueArn) {
  if (eventBridge) {
    eventBridge.deadLetterQueueArn ??= queueArn;
    eventBridge.retryPolicy ??= { ...retryPolicy };
  }
  if (stream) stream.destinations ??= { onFailure: { type: 'sqs', arn: queueArn } };
}

/** `custom.riposte.reservedConcurrency`: how much each function reserves; 0 reserves nothing (to the framework it means: never run). */
function reservation(service) {
  const wanted = Number(service.custom?.riposte?.reservedConcurrency ?? 0);
  return wanted > 0 ? wanted : undefined;
}

const maxRoleName = 64;

/**
 * Roles are global and functions are not: the name carries the Region, in short. It is fixed, because member accounts trust it by name.
 */
function roleName(functionName, { service, stage, region }) {
  const name = `${service}-${stage}-${functionName}-${shortRegion(region)}`;
  if (name.length <= maxRoleName) return name;
  throw new RangeError(`role name ${name} is longer than ${maxRoleName}: choose a shorter stage`);
}

/** `ap-southeast-1` as `apse1`, `us-gov-west-1` as `usgw1`. */
function shortRegion(region) {
  const [area = '', ...rest] = region.split('-');
  const initials = rest.map((word) =>
    word.replace(/^(n|s)(?:orth|outh)(e|w)?.*$/, '$1$2').replace(/^([a-z]).{2,}$/, '$1'),
  );
  return area + initials.join('');
}

module.exports = { applyHouseDefaults, shortRegion };
