'use strict';

/** The logical id that a function's own resources begin with: `restart-trail` as `RestartTrail`. */
function logicalName(functionName) {
  return functionName
    .split(/[-_]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

/** The logical id of a function's dead-letter queue. */
function queueIdOf(functionName) {
  return `${logicalName(functionName)}Dlq`;
}

module.exports = { logicalName, queueIdOf };
