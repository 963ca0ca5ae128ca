import type { HttpDouble } from '../http-double.ts';
import type { DoubleOptions } from '../start-double.ts';

export interface ServiceNowDoubleOptions extends DoubleOptions {
  readonly user?: string;
  readonly password?: string;
  /** OAuth token; taken beside user and password. */
  readonly token?: string;
  /** Fields that a new incident must have. */
  readonly requiredFields?: readonly string[];
  /** Whom an assignment rule gives new incidents to: `sys_id` of a person. */
  readonly assignedTo?: string;
  /** Names of people by `sys_id`, where the user may read them. */
  readonly people?: Readonly<Record<string, string>>;
  /** Whether a business rule undoes each change of state without a word. */
  readonly keepsState?: boolean;
  /** Whether the user may not read `correlation_id`: queries for it then find everything. */
  readonly hidesCorrelation?: boolean;
}

/** What happened to an incident, in order. */
export interface IncidentEvent {
  readonly kind: 'created' | 'work_notes' | 'comments' | 'state' | 'deleted';
  /** Text of a journal entry; number of a state. */
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface DoubleIncident {
  readonly sysId: string;
  readonly number: string;
  /** As ServiceNow stores them: all are texts. Journal fields are in `events`. */
  readonly fields: Readonly<Record<string, string>>;
  readonly events: readonly IncidentEvent[];
  readonly isDeleted: boolean;
}

/** A ServiceNow instance, as far as tickets use it. */
export interface ServiceNowDouble extends HttpDouble {
  /** All that were made, the deleted too, the oldest first. */
  incidents(): readonly DoubleIncident[];
  /** Values of `correlation_id` that more than one existing incident has. */
  duplicates(): readonly string[];
  /** As people do. */
  remove(sysId: string): void;
  /** As people do. */
  change(sysId: string, fields: Readonly<Record<string, string>>): void;
  /** Puts the instance to sleep, as those of developers: every request gets a page with status 200. */
  hibernate(on: boolean): void;
}
