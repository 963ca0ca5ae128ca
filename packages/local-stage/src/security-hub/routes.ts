import * as actions from './action-targets.ts';
import * as rules from './automation-rules.ts';
import * as rulesV2 from './automation-rules-v2.ts';
import * as aggregators from './finding-aggregators.ts';
import * as v2 from './findings-v2.ts';
import { getFindings } from './get-findings.ts';
import * as hub from './hub-operations.ts';
import { withHub, withHubV2 } from './hub-operations.ts';
import { batchImportFindings } from './import-findings.ts';
import type { Operation } from './ports.ts';
import { batchUpdateFindings } from './update-findings.ts';

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly operation: Operation;
}

/** `METHOD /path`, as in the API's model. `{arn}` may hold slashes. */
const table: Readonly<Record<string, Operation>> = {
  'POST /accounts': hub.enableSecurityHub,
  'GET /accounts': hub.describeHub,
  'PATCH /accounts': withHub(hub.updateSecurityHubConfiguration),
  'DELETE /accounts': hub.disableSecurityHub,
  'POST /hubv2': hub.enableSecurityHubV2,
  'GET /hubv2': hub.describeSecurityHubV2,
  'DELETE /hubv2': hub.disableSecurityHubV2,
  'POST /standards/get': withHub(hub.getEnabledStandards),
  'POST /findings/import': batchImportFindings,
  'POST /findings': withHub(getFindings),
  'PATCH /findings/batchupdate': withHub(batchUpdateFindings),
  'POST /actionTargets': withHub(actions.createActionTarget),
  'POST /actionTargets/get': withHub(actions.describeActionTargets),
  'PATCH /actionTargets/{arn}': withHub(actions.updateActionTarget),
  'DELETE /actionTargets/{arn}': withHub(actions.deleteActionTarget),
  'POST /automationrules/create': withHub(rules.createAutomationRule),
  'GET /automationrules/list': withHub(rules.listAutomationRules),
  'POST /automationrules/get': withHub(rules.batchGetAutomationRules),
  'PATCH /automationrules/update': withHub(rules.batchUpdateAutomationRules),
  'POST /automationrules/delete': withHub(rules.batchDeleteAutomationRules),
  'POST /findingsv2': withHubV2(v2.getFindingsV2),
  'PATCH /findingsv2/batchupdatev2': withHubV2(v2.batchUpdateFindingsV2),
  'POST /automationrulesv2/create': withHubV2(rulesV2.createAutomationRuleV2),
  'GET /automationrulesv2/list': withHubV2(rulesV2.listAutomationRulesV2),
  'GET /automationrulesv2/{arn}': withHubV2(rulesV2.getAutomationRuleV2),
  'PATCH /automationrulesv2/{arn}': withHubV2(rulesV2.updateAutomationRuleV2),
  'DELETE /automationrulesv2/{arn}': withHubV2(rulesV2.deleteAutomationRuleV2),
  'POST /findingAggregator/create': withHub(aggregators.createFindingAggregator),
  'GET /findingAggregator/list': withHub(aggregators.listFindingAggregators),
  'GET /findingAggregator/get/{arn}': withHub(aggregators.getFindingAggregator),
  'PATCH /findingAggregator/update': withHub(aggregators.updateFindingAggregator),
  'DELETE /findingAggregator/delete/{arn}': withHub(aggregators.deleteFindingAggregator),
};

const routes: readonly Route[] = Object.entries(table).map(([key, operation]) => {
  const [method = '', path = ''] = key.split(' ');
  return { method, pattern: new RegExp(`^${path.replaceAll('{arn}', '(?<arn>.+)')}$`), operation };
});

export interface Matched {
  readonly operation: Operation;
  readonly path: Readonly<Record<string, string>>;
}

/** Finds the operation of a request by its method and decoded path. */
export function routeOf(method: string, path: string): Matched | undefined {
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match) return { operation: route.operation, path: { ...match.groups } };
  }
  return undefined;
}
