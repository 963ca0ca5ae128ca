'use strict';

const { logicalName, queueIdOf } = require('./names.cjs');

const fortnight = 14 * 24 * 60 * 60;

/**
 * What each function has besides itself: its dead-letter queue, an alarm that somebody must look into it, and an alarm that the function fails.
 *
 * @param {string} name the function's short name, e.g. `restart-trail`
 * @param {{ functionName: string, alarmTopic: object }} facts its deployed name, and where alarms go
 * @returns {Record<string, object>} CloudFormation resources by logical id
 */
function functionResources(name, { functionName, alarmTopic }) {
  const id = logicalName(name);
  const queueName = `${functionName}-dlq`;
  return {
    [queueIdOf(name)]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: queueName,
        MessageRetentionPeriod: fortnight,
        SqsManagedSseEnabled: true,
      },
    },
    [`${id}DlqAlarm`]: alarm(alarmTopic, {
      AlarmName: `${queueName}-not-empty`,
      AlarmDescription: `${queueName} holds what ${name} could not do: read the reason in the message, mend it, then redrive.`,
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queueIdOf(name), 'QueueName'] } }],
      Statistic: 'Maximum',
    }),
    [`${id}ErrorsAlarm`]: alarm(alarmTopic, {
      AlarmName: `${functionName}-errors`,
      AlarmDescription: `${name} fails: its log group says why; what it could not do is retried, then kept in ${queueName}.`,
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: functionName }],
      Statistic: 'Sum',
    }),
  };
}

function alarm(topic, properties) {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      ...properties,
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [topic],
    },
  };
}

module.exports = { functionResources };
