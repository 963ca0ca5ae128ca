'use strict';

/**
 * What stays when a service is removed, by logical id and type: what its configuration says to retain.
 *
 * @param {{ resources?: object | object[] }} service the framework's service
 * @returns {string[]}
 */
function keptResources({ resources = {} }) {
  return [resources]
    .flat()
    .flatMap((part) => Object.entries(part?.Resources ?? {}))
    .filter(([, resource]) => resource.DeletionPolicy === 'Retain')
    .map(([id, { Type }]) => `${id} (${Type})`);
}

module.exports = { keptResources };
