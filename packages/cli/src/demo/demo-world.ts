import type { ResponseRecord } from '@riposte/findings';
import type { ServiceEvent, StageMessage } from '@riposte/local-stage';
import type { TrailId, TrailStatus } from '@riposte/remediations/cloudtrail';
import type { HubFinding } from './hub-finding.ts';
import type { RouterDesk } from './router-desk.ts';

/** What a function could not read, with its reason, as it lies in a dead-letter queue. */
export interface DeadLetter {
  readonly queue: string;
  readonly error: { readonly name: string; readonly message: string; readonly path?: string };
}

/** Who stops the trail. */
export const attacker = {
  userName: 'mallory',
  sourceIp: '203.0.113.66',
  userAgent: 'aws-cli/2.31.0 Python/3.13',
  mfa: false,
} as const;

/** AWS on this machine, as far as the demo uses it. Everything is asked through AWS APIs. */
export interface DemoWorld {
  readonly endpoint: string;
  deploy(service: string): Promise<void>;
  /** A bucket and a trail in all Regions that records into it. */
  createTrail(): Promise<TrailId>;
  /** Calls StopLogging as somebody else, and lets AWS tell. */
  stopTrail(trail: TrailId): Promise<ServiceEvent>;
  status(trail: TrailId): Promise<TrailStatus>;
  messages(): Promise<readonly StageMessage[]>;
  /** Response records on the trail, oldest first. */
  records(trail: TrailId): Promise<readonly ResponseRecord[]>;
  /** GuardDuty's finding about the stop, by way of Security Hub; answers with its id. */
  sendFinding(trail: TrailId): Promise<string>;
  /** A finding as it stands in Security Hub. */
  finding(id: string): Promise<HubFinding | undefined>;
  /** Delivers an event so many times. */
  deliver(event: ServiceEvent, copies: number): Promise<void>;
  /** How often a function called an operation so far. */
  callsOf(functionName: string, operation: string): Promise<number>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  readonly router: RouterDesk;
  /** Waits until nothing happens any more, so that what is counted then is all there will be. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}
