import * as asff from './asff-schema.ts';
import { wholeSeverity } from './asff-severity.ts';
import { maxFindingBytes } from './check-asff.ts';
import { providerFields } from './complete-finding.ts';
import { publishImported } from './hub-events.ts';
import { invalidInput } from './hub-fault.ts';
import { type HubState, keyOf, type StoredFinding } from './hub-state.ts';
import { defined, isObject, listOf, objectOf, textOf } from './json.ts';
import type { HubCall, Operation } from './ports.ts';
import { problemsOf, type Schema } from './schema.ts';
import type { FindingIdentifier, JsonObject } from './types.ts';

/** What customers and automation rules may set. */
export const findingFieldsUpdate: Schema = {
  is: 'object',
  members: {
    Note: asff.noteUpdate,
    Severity: asff.severityUpdate,
    VerificationState: asff.verificationState,
    Confidence: asff.ratioScale,
    Criticality: asff.ratioScale,
    Types: asff.types,
    UserDefinedFields: asff.userDefinedFields,
    Workflow: asff.workflowUpdate,
    RelatedFindings: asff.relatedFindings,
  },
};

const messages = {
  DuplicatedFindingIdentifier: 'Finding Identifier is duplicated',
  FindingNotFound: 'Finding Not Found',
  FindingSizeExceeded: 'Finding size exceeded 240 KB',
} as const;

type Problem = keyof typeof messages;

/**
 * BatchUpdateFindings: one update for up to 100 findings that the caller sees. `UpdatedAt` stays, and each finding has an event.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
 */
export const batchUpdateFindings: Operation = (call) => {
  const { FindingIdentifiers, ...update } = call.body;
  const identifiers = identifiersOf(FindingIdentifiers);
  const [problem] = problemsOf(findingFieldsUpdate, update);
  if (problem) throw invalidInput(problem.split(/[ .]/)[1] ?? 'Request', `${problem}.`);
  if (Object.keys(update).length === 0)
    throw invalidInput('Request', 'At least one field to update is required.');
  const seen = new Set<string>();
  const outcomes = identifiers.map((FindingIdentifier) => {
    const key = keyOf(FindingIdentifier);
    const ErrorCode = seen.has(key)
      ? ('DuplicatedFindingIdentifier' as const)
      : updateOne(call, key, update);
    seen.add(key);
    return { FindingIdentifier, ErrorCode };
  });
  return {
    ProcessedFindings: outcomes
      .filter(({ ErrorCode }) => ErrorCode === undefined)
      .map(({ FindingIdentifier }) => FindingIdentifier),
    UnprocessedFindings: outcomes.flatMap(({ FindingIdentifier, ErrorCode }) =>
      ErrorCode ? [{ FindingIdentifier, ErrorCode, ErrorMessage: messages[ErrorCode] }] : [],
    ),
  };
};

/** Applies an update to a stored finding, whoever makes it: a customer or an automation rule. */
export function applyUpdate(stored: StoredFinding, update: JsonObject, now: Date): StoredFinding {
  const { Note, Severity, ...rest } = update;
  const touched = providerFields.filter((name) => update[name] !== undefined);
  return {
    asff: defined({
      ...stored.asff,
      ...rest,
      ...(isObject(Note) && { Note: { ...Note, UpdatedAt: now.toISOString() } }),
      ...(isObject(Severity) && { Severity: severityAfter(stored.asff.Severity, Severity) }),
    }),
    customerFields: new Set([...stored.customerFields, ...touched]),
  };
}

function severityAfter(before: unknown, update: JsonObject): JsonObject {
  const { Product, Original } = objectOf(before);
  return wholeSeverity(defined({ Product, Original, ...update }));
}

function updateOne(call: HubCall, key: string, update: JsonObject): Problem | undefined {
  const state = call.states.visibleTo(call.scope).find(({ findings }) => findings.has(key));
  const stored = state?.findings.get(key);
  if (!state || !stored) return 'FindingNotFound';
  const updated = applyUpdate(stored, update, call.clock());
  if (Buffer.byteLength(JSON.stringify(updated.asff)) > maxFindingBytes)
    return 'FindingSizeExceeded';
  save(call, state, key, updated);
  return undefined;
}

function save(call: HubCall, state: HubState, key: string, updated: StoredFinding): void {
  state.findings.set(key, updated);
  publishImported(call, state.scope, updated.asff);
}

function identifiersOf(value: unknown): readonly FindingIdentifier[] {
  const identifiers = listOf(value).map((item) => {
    const Id = textOf(objectOf(item).Id);
    const ProductArn = textOf(objectOf(item).ProductArn);
    if (Id && ProductArn) return { Id, ProductArn };
    throw invalidInput(
      'FindingIdentifiers',
      `data should have required property '${Id ? 'ProductArn' : 'Id'}'.`,
    );
  });
  const { length } = identifiers;
  if (length === 0)
    throw invalidInput('FindingIdentifiers', 'data should NOT have fewer than 1 items.');
  if (length > 100)
    throw invalidInput('FindingIdentifiers', 'data should NOT have more than 100 items.');
  return identifiers;
}
