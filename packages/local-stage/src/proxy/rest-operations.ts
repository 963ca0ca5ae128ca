/** How services that speak REST spell their operations: `METHOD /path Operation`, read off the SDK's own models. */
const routes = {
  lambda: `
POST /2015-03-31/functions CreateFunction
GET /2015-03-31/functions ListFunctions
GET /2015-03-31/functions/{name} GetFunction
DELETE /2015-03-31/functions/{name} DeleteFunction
GET /2015-03-31/functions/{name}/configuration GetFunctionConfiguration
PUT /2015-03-31/functions/{name}/configuration UpdateFunctionConfiguration
PUT /2015-03-31/functions/{name}/code UpdateFunctionCode
POST /2015-03-31/functions/{name}/invocations Invoke
POST /2015-03-31/functions/{name}/versions PublishVersion
GET /2015-03-31/functions/{name}/versions ListVersionsByFunction
GET /2015-03-31/functions/{name}/policy GetPolicy
POST /2015-03-31/functions/{name}/policy AddPermission
DELETE /2015-03-31/functions/{name}/policy/{id} RemovePermission
GET /2015-03-31/functions/{name}/aliases ListAliases
GET /2019-09-30/functions/{name}/concurrency GetFunctionConcurrency
PUT /2017-10-31/functions/{name}/concurrency PutFunctionConcurrency
DELETE /2017-10-31/functions/{name}/concurrency DeleteFunctionConcurrency
GET /2019-09-25/functions/{name}/event-invoke-config GetFunctionEventInvokeConfig
GET /2019-09-25/functions/{name}/event-invoke-config/list ListFunctionEventInvokeConfigs
PUT /2019-09-25/functions/{name}/event-invoke-config PutFunctionEventInvokeConfig
POST /2019-09-25/functions/{name}/event-invoke-config UpdateFunctionEventInvokeConfig
DELETE /2019-09-25/functions/{name}/event-invoke-config DeleteFunctionEventInvokeConfig
GET /2015-03-31/event-source-mappings ListEventSourceMappings
POST /2015-03-31/event-source-mappings CreateEventSourceMapping
GET /2015-03-31/event-source-mappings/{id} GetEventSourceMapping
PUT /2015-03-31/event-source-mappings/{id} UpdateEventSourceMapping
DELETE /2015-03-31/event-source-mappings/{id} DeleteEventSourceMapping
GET /2016-08-19/account-settings GetAccountSettings
GET /2017-03-31/tags/{arn} ListTags
POST /2017-03-31/tags/{arn} TagResource
DELETE /2017-03-31/tags/{arn} UntagResource`,
  securityhub: `
POST /findings/import BatchImportFindings
POST /findings GetFindings
PATCH /findings UpdateFindings
PATCH /findings/batchupdate BatchUpdateFindings
POST /findingsv2 GetFindingsV2
PATCH /findingsv2/batchupdatev2 BatchUpdateFindingsV2
POST /findingHistory/get GetFindingHistory
POST /actionTargets CreateActionTarget
POST /actionTargets/get DescribeActionTargets
PATCH /actionTargets/{arn} UpdateActionTarget
DELETE /actionTargets/{arn} DeleteActionTarget
POST /automationrules/create CreateAutomationRule
POST /automationrules/get BatchGetAutomationRules
POST /automationrules/delete BatchDeleteAutomationRules
PATCH /automationrules/update BatchUpdateAutomationRules
GET /automationrules/list ListAutomationRules
POST /automationrulesv2/create CreateAutomationRuleV2
GET /automationrulesv2/list ListAutomationRulesV2
GET /automationrulesv2/{id} GetAutomationRuleV2
PATCH /automationrulesv2/{id} UpdateAutomationRuleV2
DELETE /automationrulesv2/{id} DeleteAutomationRuleV2
POST /findingAggregator/create CreateFindingAggregator
GET /findingAggregator/list ListFindingAggregators
GET /findingAggregator/get/{arn} GetFindingAggregator
POST /aggregatorv2/create CreateAggregatorV2
GET /aggregatorv2/list ListAggregatorsV2
GET /aggregatorv2/get/{arn} GetAggregatorV2
GET /accounts DescribeHub
POST /accounts EnableSecurityHub
DELETE /accounts DisableSecurityHub
PATCH /accounts UpdateSecurityHubConfiguration
GET /hubv2 DescribeSecurityHubV2
POST /hubv2 EnableSecurityHubV2
DELETE /hubv2 DisableSecurityHubV2
GET /members ListMembers
GET /administrator GetAdministratorAccount
GET /organization/admin ListOrganizationAdminAccounts
GET /organization/configuration DescribeOrganizationConfiguration
POST /standards/get GetEnabledStandards
GET /tags/{arn} ListTagsForResource`,
  guardduty: `
GET /detector ListDetectors
GET /detector/{id} GetDetector
POST /detector/{id} UpdateDetector
DELETE /detector/{id} DeleteDetector
POST /detector/{id}/findings ListFindings
POST /detector/{id}/findings/get GetFindings
GET /admin ListOrganizationAdminAccounts`,
  scheduler: `
GET /schedules ListSchedules
GET /schedules/{name} GetSchedule
POST /schedules/{name} CreateSchedule
PUT /schedules/{name} UpdateSchedule
DELETE /schedules/{name} DeleteSchedule`,
} as const;

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly operation: string;
}

const tables = new Map<string, readonly Route[]>(
  Object.entries(routes).map(([service, text]) => [service, text.trim().split('\n').map(compile)]),
);

function compile(line: string): Route {
  const [method = '', template = '', operation = ''] = line.split(' ');
  // ARNs in paths may carry slashes; a function's name may not.
  const path = template.replaceAll('{arn}', '.+').replaceAll(/\{\w+\}/g, '[^/]+');
  return { method, path: new RegExp(`^${path}/?$`), operation };
}

/** The operation of a REST request, where the service is known and the route too. */
export function restOperation(service: string, method: string, path: string): string | undefined {
  return tables.get(service)?.find((route) => route.method === method && route.path.test(path))
    ?.operation;
}
