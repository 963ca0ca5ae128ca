/** Which calls of a service are watched: on Riposte's own resources, and on its senses, whichever resource they concern. */
interface Watched {
  readonly own?: readonly string[];
  readonly senses?: readonly string[];
}

const watched: Readonly<Record<string, Watched>> = {
  'events.amazonaws.com': {
    own: [
      ...['DisableRule', 'DeleteRule', 'PutRule', 'RemoveTargets', 'PutTargets'],
      ...['DeleteEventBus', 'UpdateEventBus', 'PutPermission', 'RemovePermission'],
    ],
  },
  'scheduler.amazonaws.com': { own: ['UpdateSchedule', 'DeleteSchedule', 'DeleteScheduleGroup'] },
  'lambda.amazonaws.com': {
    own: [
      ...['PutFunctionConcurrency', 'DeleteFunctionConcurrency', 'DeleteFunction'],
      ...['UpdateFunctionCode', 'UpdateFunctionConfiguration', 'AddPermission', 'RemovePermission'],
      ...['DeleteEventSourceMapping', 'UpdateEventSourceMapping', 'PutFunctionEventInvokeConfig'],
      ...['UpdateFunctionEventInvokeConfig', 'DeleteFunctionEventInvokeConfig'],
      'PutFunctionRecursionConfig',
    ],
  },
  'sns.amazonaws.com': {
    own: [
      ...['Unsubscribe', 'DeleteTopic', 'SetTopicAttributes', 'SetSubscriptionAttributes'],
      ...['AddPermission', 'RemovePermission'],
    ],
  },
  'sqs.amazonaws.com': {
    own: ['DeleteQueue', 'SetQueueAttributes', 'PurgeQueue', 'AddPermission', 'RemovePermission'],
  },
  'kms.amazonaws.com': {
    own: ['DisableKey', 'ScheduleKeyDeletion', 'PutKeyPolicy', 'RevokeGrant'],
  },
  'dynamodb.amazonaws.com': {
    own: [
      ...['DeleteTable', 'UpdateTable', 'UpdateTimeToLive', 'UpdateContinuousBackups'],
      ...['PutResourcePolicy', 'DeleteResourcePolicy'],
    ],
  },
  'ssm.amazonaws.com': { own: ['PutParameter', 'DeleteParameter', 'DeleteParameters'] },
  's3.amazonaws.com': {
    own: [
      ...['DeleteBucket', 'PutBucketPolicy', 'DeleteBucketPolicy', 'PutBucketVersioning'],
      ...['PutBucketLifecycle', 'PutBucketLifecycleConfiguration', 'PutObjectLockConfiguration'],
      ...['PutBucketObjectLockConfiguration', 'PutBucketEncryption', 'DeleteBucketEncryption'],
      ...['PutBucketPublicAccessBlock', 'DeleteBucketPublicAccessBlock'],
    ],
  },
  'iam.amazonaws.com': {
    own: [
      ...['CreateRole', 'DeleteRole', 'UpdateRole', 'UpdateAssumeRolePolicy', 'PutRolePolicy'],
      ...['DeleteRolePolicy', 'AttachRolePolicy', 'DetachRolePolicy'],
      ...['PutRolePermissionsBoundary', 'DeleteRolePermissionsBoundary'],
    ],
  },
  'cloudformation.amazonaws.com': { own: ['DeleteStack', 'SetStackPolicy'] },
  'monitoring.amazonaws.com': { own: ['DeleteAlarms', 'DisableAlarmActions', 'PutMetricAlarm'] },
  'logs.amazonaws.com': { own: ['DeleteLogGroup'] },
  'guardduty.amazonaws.com': {
    senses: [
      ...['DeleteDetector', 'UpdateDetector', 'StopMonitoringMembers', 'DisassociateMembers'],
      ...['DeleteMembers', 'DisassociateFromMasterAccount', 'DisassociateFromAdministratorAccount'],
      ...['DisableOrganizationAdminAccount', 'UpdateOrganizationConfiguration', 'CreateFilter'],
      ...['UpdateFilter', 'UpdateMemberDetectors'],
    ],
  },
  'securityhub.amazonaws.com': {
    senses: [
      ...['DisableSecurityHub', 'DisableSecurityHubV2', 'DisableOrganizationAdminAccount'],
      ...['DisassociateMembers', 'DeleteMembers', 'DisassociateFromAdministratorAccount'],
      ...['DisableImportFindingsForProduct', 'UpdateFindingAggregator', 'DeleteFindingAggregator'],
      ...['UpdateOrganizationConfiguration', 'DeleteAggregatorV2'],
    ],
  },
  'config.amazonaws.com': {
    senses: ['StopConfigurationRecorder', 'DeleteConfigurationRecorder', 'DeleteDeliveryChannel'],
  },
  'organizations.amazonaws.com': {
    senses: ['DeregisterDelegatedAdministrator', 'DisableAWSServiceAccess', 'LeaveOrganization'],
  },
  'cloudtrail.amazonaws.com': {
    senses: [
      ...['StopEventDataStoreIngestion', 'DeleteEventDataStore', 'UpdateEventDataStore'],
      'DeregisterOrganizationDelegatedAdmin',
    ],
  },
};

/** Every watched call, so that a test can ask the rules about each. */
export const watchedCalls: readonly (readonly [eventSource: string, eventName: string])[] =
  Object.entries(watched).flatMap(([eventSource, { own = [], senses = [] }]) =>
    [...own, ...senses].map((eventName) => [eventSource, eventName] as const),
  );

/**
 * Whether a call is watched, and on what. Lambda's event names carry a date and version (`PutFunctionConcurrency20171031`), which are passed over.
 *
 * @example
 * watchedCall('lambda.amazonaws.com', 'UpdateFunctionConfiguration20150331v2'); // 'own'
 */
export function watchedCall(eventSource: string, eventName: string): 'own' | 'senses' | undefined {
  const { own = [], senses = [] } = Object.hasOwn(watched, eventSource)
    ? (watched[eventSource] ?? {})
    : {};
  const name = eventName.replace(/\d{8}(v\d+)?$/, '');
  if (senses.includes(name)) return 'senses';
  return own.includes(name) ? 'own' : undefined;
}
