import * as actions from './action-targets.ts';
import * as rules from './automation-rules.ts';
import * as aggregators from './finding-aggregators.ts';
import { getFindings } from './get-findings.ts';
import type { Operation } from './hub-call.ts';
import * as hub from './hub-operations.ts';
import { withHub } from './hub-operations.ts';
import { batchImportFindings } from './import-findings.ts';
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
