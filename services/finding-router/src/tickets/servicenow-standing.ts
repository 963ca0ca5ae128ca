import type { TicketStanding } from '../delivery.ts';
import type { Incident } from './servicenow-api.ts';

/** States as ServiceNow ships them. */
export const inProgress = '2';
const onHold = '3';
export const resolved = '6';
/** Closed and cancelled: ServiceNow reopens neither. */
export const final = new Set(['7', '8']);

/** States in which somebody looks after an incident. */
export const workedOn = [inProgress, onHold] as const;

export function isDone({ state }: Pick<Incident, 'state'>): boolean {
  return state === resolved || final.has(state);
}

/** Who has an incident. One that is done says nothing of it. */
export function serviceNowStanding(
  incident: Pick<Incident, 'state' | 'assigned_to'>,
): TicketStanding {
  if (isDone(incident)) return {};
  const { state, assigned_to } = incident;
  return {
    ...(assigned_to !== '' && { assignee: assigned_to }),
    ...(workedOn.some((one) => one === state) && { inProgress: state }),
  };
}
