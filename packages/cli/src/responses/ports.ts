import type { TrailPorts } from '@riposte/remediations/cloudtrail';
import type { Clock, ResponseRecords, Settings } from '@riposte/responses';
import type { EvidencePointer } from '@riposte/responses/aws/evidence-pointers';

/** What the `responses` commands need from a deployment. */
export interface ResponsesPorts {
  readonly records: Pick<ResponseRecords, 'get' | 'list' | 'conclude'>;
  /** Where the revisions of a record lie in the evidence bucket. */
  evidence(id: string): Promise<readonly EvidencePointer[]>;
  /** Settings of the service that answered. */
  settings(service: string): Settings;
  /** Trails in whatever account they are, for a change on behalf of a record. */
  trails(onBehalfOf: string): TrailPorts;
  /** ARN of whoever runs the command. */
  readonly caller: string;
  readonly stage: string;
  readonly clock: Clock;
}
