import { publishImportedV2 } from './hub-events.ts';
import { invalidV2 } from './hub-fault.ts';
import type { HubState, StoredOcsf } from './hub-state.ts';
import { at, listOf, objectOf } from './json.ts';
import { checkOcsfFilters, matchesOcsf } from './ocsf-filters.ts';
import { pageOf } from './paging.ts';
import type { HubCall, Operation } from './ports.ts';
import { problemsOf } from './schema.ts';
import { sortFindings } from './sort-findings.ts';
import type { JsonObject } from './types.ts';
import { applyOcsfUpdate, idProblem, ocsfUpdate } from './update-ocsf.ts';

const invalid = (parameter: string, problem: string) => invalidV2(`${parameter}: ${problem}`);

/**
 * GetFindingsV2: the findings in OCSF that the caller sees and that match, newest first unless sorted otherwise.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindingsV2.html
 */
export const getFindingsV2: Operation = (call) => {
  const { Filters, SortCriteria, NextToken, MaxResults } = call.body;
  checkOcsfFilters(Filters);
  const now = call.clock();
  const matching = call.states
    .visibleTo(call.scope)
    .flatMap((state) => [...state.ocsf.values()].map(({ ocsf }) => ocsf))
    .filter((finding) => matchesOcsf(finding, Filters, now));
  const sorted = sortFindings(matching, SortCriteria, {
    pathOf: (field) => field.split('.'),
    byDefault: ['finding_info', 'modified_time'],
    invalid,
  });
  const { items, next } = pageOf(sorted, {
    token: NextToken,
    maxResults: MaxResults,
    byDefault: 10,
    question: { Filters, SortCriteria },
    invalid,
  });
  return { Findings: items, ...next };
};

/** How a request names one finding, and where that finding is. */
interface Named {
  readonly identifier: JsonObject;
  readonly found: { readonly state: HubState; readonly uid: string } | undefined;
}

/**
 * BatchUpdateFindingsV2: one update for up to 100 findings, by `metadata.uid` or by account, id and product. Times stay, each finding
 * has an event.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindingsV2.html
 */
export const batchUpdateFindingsV2: Operation = (call) => {
  const { Comment, SeverityId, StatusId } = call.body;
  const update = { Comment, SeverityId, StatusId };
  const [problem] = problemsOf({ is: 'object', members: ocsfUpdate }, update);
  const wrong = problem ?? idProblem(update);
  if (wrong) throw invalidV2(wrong);
  if (Object.values(update).every((value) => value === undefined))
    throw invalidV2('At least one of Comment, SeverityId and StatusId is required');
  const named = namedFindings(call);
  for (const { found } of named) if (found) updateOne(call, found, update);
  return {
    ProcessedFindings: named.filter(({ found }) => found).map(({ identifier }) => identifier),
    UnprocessedFindings: named
      .filter(({ found }) => !found)
      .map(({ identifier }) => ({
        ...identifier,
        ErrorCode: 'ResourceNotFoundException',
        ErrorMessage: 'Finding not found',
      })),
  };
};

function updateOne(
  call: HubCall,
  { state, uid }: { readonly state: HubState; readonly uid: string },
  update: JsonObject,
): void {
  const stored = state.ocsf.get(uid);
  if (!stored) return;
  const updated = applyOcsfUpdate(stored, update);
  state.ocsf.set(uid, updated);
  publishImportedV2(call, state.scope, updated.ocsf);
}

function namedFindings(call: HubCall): readonly Named[] {
  const uids = listOf(call.body.MetadataUids).map(String);
  const identifiers = listOf(call.body.FindingIdentifiers).map(objectOf);
  if (uids.length > 0 === identifiers.length > 0)
    throw invalidV2('Exactly one of MetadataUids and FindingIdentifiers is required');
  if (uids.length > 100 || identifiers.length > 100)
    throw invalidV2('At most 100 findings can be updated at once');
  return [
    ...uids.map((MetadataUid) => ({
      identifier: { MetadataUid },
      found: find(call, (uid) => uid === MetadataUid),
    })),
    ...identifiers.map((FindingIdentifier) => ({
      identifier: { FindingIdentifier },
      found: find(call, (_uid, { ocsf }) => isNamed(ocsf, FindingIdentifier)),
    })),
  ];
}

function isNamed(ocsf: JsonObject, identifier: JsonObject): boolean {
  return (
    at(ocsf, 'cloud.account.uid') === identifier.CloudAccountUid &&
    at(ocsf, 'finding_info.uid') === identifier.FindingInfoUid &&
    at(ocsf, 'metadata.product.uid') === identifier.MetadataProductUid
  );
}

function find(
  { states, scope }: HubCall,
  isIt: (uid: string, stored: StoredOcsf) => boolean,
): Named['found'] {
  for (const state of states.visibleTo(scope))
    for (const [uid, stored] of state.ocsf) if (isIt(uid, stored)) return { state, uid };
  return undefined;
}
