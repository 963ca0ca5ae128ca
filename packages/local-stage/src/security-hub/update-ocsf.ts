import type { StoredOcsf } from './hub-state.ts';
import { severityNames, statusNames } from './ocsf-enums.ts';
import type { Schema } from './schema.ts';
import type { JsonObject } from './types.ts';

/** What customers and automation rules may set in OCSF. */
export const ocsfUpdate: Readonly<Record<'Comment' | 'SeverityId' | 'StatusId', Schema>> = {
  Comment: { is: 'string', max: 512, pattern: /\S/ },
  SeverityId: { is: 'number', integer: true },
  StatusId: { is: 'number', integer: true },
};

/** Why an update cannot be: the first problem, or undefined. */
export function idProblem({ SeverityId, StatusId }: JsonObject): string | undefined {
  if (typeof SeverityId === 'number' && !(SeverityId in severityNames))
    return `SeverityId ${SeverityId} is not a valid value`;
  if (typeof StatusId === 'number' && !(StatusId in statusNames))
    return `StatusId ${StatusId} is not a valid value`;
  return undefined;
}

/** Applies an update; names follow their numbers, times stay. */
export function applyOcsfUpdate(
  { ocsf, customerFields }: StoredOcsf,
  { Comment, SeverityId, StatusId }: JsonObject,
): StoredOcsf {
  const change = {
    ...(typeof Comment === 'string' && { comment: Comment }),
    ...(typeof SeverityId === 'number' && {
      severity_id: SeverityId,
      severity: severityNames[SeverityId],
    }),
    ...(typeof StatusId === 'number' && { status_id: StatusId, status: statusNames[StatusId] }),
  };
  return {
    ocsf: { ...ocsf, ...change },
    customerFields: new Set([...customerFields, ...Object.keys(change)]),
  };
}
