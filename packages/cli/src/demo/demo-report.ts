import type { ResponseRecord } from '@riposte/findings';
import type { DeadLetter } from './demo-world.ts';
import type { DemoTicket } from './router-desk.ts';
import type { RulePreview } from './rule-preview.ts';

/** What the demo showed. Members are there once their step has succeeded. */
export interface DemoFacts {
  stage?: { readonly endpoint: string; readonly milliseconds: number };
  deployed?: readonly { readonly service: string; readonly milliseconds: number }[];
  trail?: { readonly arn: string; readonly isLogging: boolean };
  attack?: {
    readonly operation: string;
    readonly by: string;
    readonly sourceIp: string;
    readonly stoppedAt: string;
    readonly eventId: string;
  };
  restart?: {
    readonly isLogging: boolean;
    readonly stoppedAt: string;
    readonly startedAt: string;
    /** From StopLogging to StartLogging, as GetTrailStatus says. */
    readonly milliseconds: number;
  };
  message?: {
    readonly subject: string;
    readonly body: string;
    readonly attributes: Readonly<Record<string, string>>;
  };
  record?: ResponseRecord;
  secondPath?: {
    readonly findingId: string;
    readonly note: string;
    readonly incidents: number;
    readonly messages: number;
  };
  duplicates?: {
    readonly delivered: number;
    readonly restarts: number;
    readonly incidents: number;
    readonly messages: number;
  };
  deadLetter?: DeadLetter;
  /** GuardDuty's finding as the router's rules have left it in Security Hub. */
  routed?: {
    readonly findingId: string;
    readonly providerSeverity: string;
    readonly severity: string;
    readonly owner: string;
    readonly team: string;
    readonly riskScore: number;
    readonly riskWhy: string;
  };
  ticket?: DemoTicket;
  told?: { readonly channel: string; readonly subject: string; readonly body: string };
  routedAgain?: {
    readonly delivered: number;
    readonly read: number;
    readonly writes: number;
    readonly tickets: number;
    readonly messages: number;
  };
  /** What a rule would do to the findings in Security Hub, and has not done. */
  preview?: { readonly rule: string } & Omit<RulePreview, 'gaps'>;
  enabled?: { readonly rule: string; readonly milliseconds: number };
  takesEffect?: {
    readonly findingId: string;
    readonly providerSeverity: string;
    readonly severity: string;
    readonly ticket: string;
    readonly tickets: number;
    readonly channel: string;
    readonly subject: string;
    readonly messages: number;
  };
}

/** Where the demo stopped, and why. */
export interface DemoFailure {
  readonly step: string;
  readonly reason: string;
}

/** The demo as one document. */
export interface DemoReport extends DemoFacts {
  readonly ok: boolean;
  readonly seconds: number;
  readonly failed?: DemoFailure;
}
