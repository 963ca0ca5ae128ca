import type { ResponseRecord } from '@riposte/findings';
import type { TrailPorts } from '@riposte/remediations/cloudtrail';
import type { ResourceTags } from '@riposte/remediations/tagging';
import type { Clock, ResponseRecords, Settings } from '@riposte/responses';

/** What the `responses` commands need from a deployment. */
export interface ResponsesPorts {
  readonly records: Pick<ResponseRecords, 'get' | 'list' | 'conclude'>;
  /** The evidence bucket's name; undefined where foundation exports none. */
  evidenceBucket(): Promise<string | undefined>;
  /** Settings of the service that answered. */
  settings(service: string): Settings;
  /** Trails in whatever account they are, for a change on behalf of a record. */
  trails(onBehalfOf: string): TrailPorts;
  /** Tags of resources in the account and Region of this one. */
  tags(resource: ResponseRecord['resource']): ResourceTags;
  /** Waits so many milliseconds. */
  pause(ms: number): Promise<void>;
  /** ARN of whoever runs the command. */
  readonly caller: string;
  readonly stage: string;
  readonly clock: Clock;
}
